internal import Bytes

extension TLSConversation {
  /// Reads the messages of a handshake record in the clear.
  mutating func readHandshake(_ fragment: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void) {
    var fragment = fragment
    // Taken out for the loop, so that reading a message may change the rest of the conversation.
    var reader = HandshakeReader()
    change(context.sender) { swap(&reader, &$0.handshake) }
    read(&fragment, with: &reader, isDecrypted: false, context, emit)
    change(context.sender) { swap(&reader, &$0.handshake) }
  }

  /// Emits every message that these bytes complete.
  mutating func read(
    _ fragment: inout ByteCursor, with reader: inout HandshakeReader, isDecrypted: Bool, _ context: EventContext,
    _ emit: (TLSEvent) -> Void
  ) {
    while true {
      switch reader.advance(&fragment) {
      case .needsMore: return
      case .inPlace(let type, let length):
        guard let body = try? fragment.slice(length) else { return }
        noteMessage(type, body, isDecrypted: isDecrypted, context, emit)
      case .buffered(let type, _):
        let body = reader.takeBody()
        body.withCursor { noteMessage(type, $0, isDecrypted: isDecrypted, context, emit) }
      case .oversized(let type, let length):
        let limit = HandshakeReader.limit(of: type)
        let error = ParseError(
          .invalid("\(length) bytes, more than the \(limit) that are read"), at: 1, field: "length")
        emitMessage(type, length: length, .malformed(error), isDecrypted: isDecrypted, context, emit)
      case .damaged(let type, let length):
        emitMessage(type, length: length, .other, isDecrypted: isDecrypted, context, emit)
      }
    }
  }

  private mutating func noteMessage(
    _ type: HandshakeType, _ body: ByteCursor, isDecrypted: Bool, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    guard state(of: context.sender, \.messageCount) < Self.messageLimit else { return }
    var body = body
    let length = body.remaining
    let content = HandshakeBody(
      type: type, parsing: &body, from: context.sender, context: self.context, decompressor: certificateDecompressor,
      memory: memory)
    // A ClientHello is noted for its random alone, which nobody asks for without keys.
    if type != .clientHello || keyLog != nil { note(content, from: context.sender) }
    if isDecrypted { noteKeyChange(behind: type, from: context.sender) }
    emitMessage(type, length: length, content, isDecrypted: isDecrypted, context, emit)
  }

  private mutating func note(_ content: HandshakeBody, from sender: Role) {
    switch content {
    case .clientHello(let hello) where sender == .client: note(hello)
    case .serverHello(let hello) where sender == .server: note(hello)
    case .encryptedExtensions(let value): context.noteCertificateTypes(value.extensions)
    default: break
    }
  }

  private mutating func emitMessage(
    _ type: HandshakeType, length: Int, _ body: consuming HandshakeBody, isDecrypted: Bool, _ context: EventContext,
    _ emit: (TLSEvent) -> Void
  ) {
    let count = change(context.sender) { direction in
      direction.messageCount += 1
      return direction.messageCount
    }
    guard count <= Self.messageLimit else { return }
    let message = HandshakeMessage(
      type: type, length: length &+ HandshakeReader.headerLength, body: body, isDecrypted: isDecrypted)
    emit(context.event(.handshake(message)))
  }
}
