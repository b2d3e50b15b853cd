internal import Bytes

extension QUICConversation {
  /// Reads the handshake messages that these bytes complete.
  mutating func readMessages(
    _ bytes: [UInt8], _ level: Level, from sender: Role, frame: Int, emit: (TLSEvent) -> Void
  ) {
    var reader = side(sender).readers[level.rawValue]
    withSide(sender) { $0.readers[level.rawValue] = HandshakeReader() }
    bytes.withCursor { cursor in
      while true {
        switch reader.advance(&cursor) {
        case .needsMore: return
        case .inPlace(let type, let length):
          guard var body = try? cursor.slice(length) else { return }
          note(type, &body, level, from: sender, frame: frame, emit: emit)
        case .buffered(let type, _):
          let body = reader.takeBody()
          body.withCursor { note(type, &$0, level, from: sender, frame: frame, emit: emit) }
        case .oversized(let type, let length), .damaged(let type, let length):
          let error = ParseError(.invalid("\(length) bytes are too many"), at: 1, field: "length")
          let message = HandshakeMessage(type: type, length: length, body: .malformed(error))
          emit(TLSEvent(sender: sender, frame: frame, kind: .handshake(message)))
        }
      }
    }
    withSide(sender) { $0.readers[level.rawValue] = reader }
  }

  private mutating func note(
    _ type: HandshakeType, _ body: inout ByteCursor, _ level: Level, from sender: Role, frame: Int,
    emit: (TLSEvent) -> Void
  ) {
    guard messageCount < Self.messageLimit else { return }
    messageCount += 1
    let length = body.remaining + HandshakeReader.headerLength
    if type == .clientHello, facts.retryFrame == nil || !repeatedHello.isEmpty {
      var copy = body
      let bytes = copy.readRemaining()
      if bytes == repeatedHello { return repeatedHello = [] }
      repeatedHello = facts.retryFrame == nil ? bytes : []
    }
    let content = HandshakeBody(
      type: type, parsing: &body, from: sender, context: context, decompressor: certificateDecompressor)
    switch content {
    case .clientHello(let hello): clientRandom = Array(hello.random)
    case .serverHello(let hello) where sender == .server:
      context.note(hello)
      deriveKeys()
    case .encryptedExtensions(let extensions): context.noteCertificateTypes(extensions.extensions)
    default: break
    }
    let message = HandshakeMessage(type: type, length: length, body: content, isDecrypted: level != .initial)
    emit(TLSEvent(sender: sender, frame: frame, kind: .handshake(message)))
  }

  /// Derives the keys of both sides from the key log, once the hellos say which.
  private mutating func deriveKeys() {
    guard let keyLog, let clientRandom, let suite = context.cipherSuite,
      let version = facts.serverVersion ?? facts.clientVersion
    else { return }
    func keys(_ label: String) -> QUICKeys? {
      let secret =
        keyLog.secret(label, clientRandom: clientRandom) ?? keyLog.secret("QUIC_" + label, clientRandom: clientRandom)
      return secret.flatMap { QUICKeys(secret: $0, suite: suite, version: version) }
    }
    client.handshakeKeys = keys("CLIENT_HANDSHAKE_TRAFFIC_SECRET")
    server.handshakeKeys = keys("SERVER_HANDSHAKE_TRAFFIC_SECRET")
    client.oneRTTKeys = keys("CLIENT_TRAFFIC_SECRET_0")
    server.oneRTTKeys = keys("SERVER_TRAFFIC_SECRET_0")
  }
}
