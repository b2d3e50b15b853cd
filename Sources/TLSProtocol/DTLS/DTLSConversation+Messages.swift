internal import Bytes

extension DTLSConversation {
  /// Reads the content of a record in the clear, or opened.
  mutating func read(
    _ type: ContentType, _ content: ByteCursor, isDecrypted: Bool, _ context: EventContext,
    _ emit: (TLSEvent) -> Void
  ) {
    var content = content
    switch type {
    case .handshake:
      while !content.isAtEnd {
        let messages: [DTLSHandshakeAssembler.Message]
        do {
          messages = try readFragment(&content, from: context.sender)
        } catch {
          return noteMalformed(context.sender)
        }
        for message in messages { note(message, isDecrypted: isDecrypted, context, emit) }
      }
    case .alert:
      guard let level = try? content.read(AlertLevel.self), let description = try? content.read(AlertDescription.self)
      else { return noteMalformed(context.sender) }
      flush(context, emit)
      emit(context.event(.alert(Alert(level: level, description: description), isDecrypted: isDecrypted)))
    default: break
    }
  }

  private mutating func readFragment(
    _ content: inout ByteCursor, from sender: Role
  ) throws(ParseError) -> [DTLSHandshakeAssembler.Message] {
    var assembler = side(sender).assembler
    withSide(sender) { $0.assembler = DTLSHandshakeAssembler() }
    defer {
      withSide(sender) { $0.assembler = assembler }
      withSent(sender) { $0.retransmittedMessages = assembler.retransmissions }
    }
    return try assembler.insert(parsing: &content)
  }

  /// Emits complete messages that waited for others which will not come.
  mutating func flush(_ context: EventContext, _ emit: (TLSEvent) -> Void) {
    for message in withSide(context.sender, { $0.assembler.flush() }) {
      note(message, isDecrypted: false, context, emit)
    }
  }

  private mutating func note(
    _ message: DTLSHandshakeAssembler.Message, isDecrypted: Bool, _ context: EventContext,
    _ emit: (TLSEvent) -> Void
  ) {
    guard messageCount < Self.messageLimit else { return }
    messageCount += 1
    let length = message.body.count + HandshakeReader.headerLength
    var content = body(of: message, from: context.sender)
    switch content {
    case .clientHello(var hello):
      hello.messageLength = length
      content = .clientHello(hello)
      clientRandom = Array(hello.random)
      facts.client.connectionID = Self.connectionID(hello.extensions) ?? facts.client.connectionID
    case .serverHello(let hello):
      facts.server.connectionID = Self.connectionID(hello.extensions) ?? facts.server.connectionID
      note(hello)
    case .encryptedExtensions(let extensions): self.context.noteCertificateTypes(extensions.extensions)
    default: break
    }
    if message.type == .helloVerifyRequest {
      facts.helloVerifyRequestFrame = facts.helloVerifyRequestFrame ?? context.frame
    }
    emit(
      context.event(
        .handshake(HandshakeMessage(type: message.type, length: length, body: content, isDecrypted: isDecrypted))))
  }

  /// Reads a message's body. A ClientHello differs from TLS's by a cookie behind the session identifier (RFC 6347
  /// §4.2.1), which is taken out first.
  private mutating func body(
    of message: DTLSHandshakeAssembler.Message, from sender: Role
  ) -> HandshakeBody {
    let bytes = message.type == .clientHello ? withoutCookie(message.body) : message.body
    return bytes.withCursor {
      HandshakeBody(
        type: message.type, parsing: &$0, from: sender, context: context, decompressor: certificateDecompressor)
    }
  }

  private mutating func withoutCookie(_ body: [UInt8]) -> [UInt8] {
    // legacy_version, random and the length of the session identifier come to 35 bytes.
    guard body.count > 34 else { return body }
    let cookie = 35 + Int(body[34])
    guard cookie < body.count else { return body }
    let end = cookie + 1 + Int(body[cookie])
    guard end <= body.count else { return body }
    if end > cookie + 1 { facts.didReturnCookie = true }
    return Array(body[..<cookie]) + body[end...]
  }

  /// `connection_id`, RFC 9146 §3.
  private static func connectionID(_ extensions: [HelloExtension]) -> [UInt8]? {
    guard let body = extensions.first(where: { $0.type.rawValue == 54 })?.body, let count = body.first,
      body.count == Int(count) + 1
    else { return nil }
    return Array(body.dropFirst())
  }

  private mutating func note(_ hello: ServerHello) {
    context.note(hello)
    let version = Self.model(of: hello.version)
    context.version = version
    guard let master = keyLog?.secret("CLIENT_RANDOM", clientRandom: clientRandom), !version.isTLS13 else { return }
    for sender in Role.allCases {
      let cipher = RecordCipher(
        masterSecret: master, clientRandom: clientRandom, serverRandom: Array(hello.random), version: version,
        suite: hello.cipherSuite,
        encryptThenMAC: hello.cipherSuite.isCBC && hello.extensions.contains { $0.type.rawValue == 22 },
        sender: sender)
      withSide(sender) { $0.cipher = cipher }
    }
  }

  /// The TLS version whose messages and keys a DTLS version has, RFC 6347 §1, RFC 9147 §1.
  static func model(of version: ProtocolVersion) -> ProtocolVersion {
    switch version {
    case .dtls13: .tls13
    case .dtls12: .tls12
    case .dtls10, .dtls10OpenSSL: .tls11
    default: version
    }
  }
}
