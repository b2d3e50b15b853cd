internal import Bytes

extension TLSConversation {
  /// Reads a record in SSLv2's framing. A ClientHello in it may open any version's handshake (RFC 5246 §E.2); only a
  /// SERVER-HELLO makes the conversation SSLv2, of which no more than names is told.
  mutating func noteSSLv2Record(
    _ header: RecordHeader, _ fragment: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    let position = change(context.sender) { direction in
      direction.sslv2RecordCount += 1
      return direction.sslv2RecordCount
    }
    switch (context.sender, fragment.peek(), position) {
    case (.client, 1, 1):
      emit(context.event(.record(header.note)))
      emitSSLv2Message(.clientHello, fragment, context, emit) { (body) throws(ParseError) in
        .clientHello(try ClientHello(parsingSSLv2: &body))
      }
    case (.server, 4, 1):
      emit(context.event(.record(header.note)))
      isSSLv2 = true
      client.records.isSSLv2 = true
      server.records.isSSLv2 = true
      var certificate: [UInt8] = []
      emitSSLv2Message(.serverHello, fragment, context, emit) { (body) throws(ParseError) in
        let hello = try ServerHello(parsingSSLv2: &body)
        certificate = hello.sslv2Certificate ?? []
        return .serverHello(hello)
      }
      self.context.version = .ssl2
      guard !certificate.isEmpty else { return }
      let message = CertificateMessage(certificates: [certificate])
      emit(
        context.event(
          .handshake(HandshakeMessage(type: .certificate, length: certificate.count, body: .certificate(message)))))
    case (.client, 2, 2):
      emit(context.event(.record(header.note)))
      emit(
        context.event(
          .handshake(HandshakeMessage(type: .clientKeyExchange, length: header.length, body: .clientKeyExchange))))
    case (_, 0, _) where header.length == 3:
      noteSSLv2Error(header, fragment, context, emit)
    default:
      var note = header.note
      note.contentType = .applicationData
      note.isEncrypted = true
      emit(context.event(.record(note)))
    }
  }

  private func emitSSLv2Message(
    _ type: HandshakeType, _ fragment: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void,
    read: (inout ByteCursor) throws(ParseError) -> HandshakeBody
  ) {
    var fragment = fragment
    let length = fragment.remaining
    var body: HandshakeBody
    do throws(ParseError) { body = try read(&fragment) } catch { body = .malformed(error) }
    emit(context.event(.handshake(HandshakeMessage(type: type, length: length, body: body))))
  }

  /// An ERROR message, draft-hickman-netscape-ssl-00 §2.8, as the alert that SSL 3.0 made of it: always fatal.
  private func noteSSLv2Error(
    _ header: RecordHeader, _ fragment: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    var note = header.note
    note.contentType = .alert
    emit(context.event(.record(note)))
    let description: AlertDescription =
      switch fragment.peek(2) {
      case 2: AlertDescription(rawValue: 41)
      case 4: AlertDescription(rawValue: 42)
      case 6: AlertDescription(rawValue: 43)
      default: AlertDescription(rawValue: 40)
      }
    emit(context.event(.alert(Alert(level: AlertLevel(rawValue: 2), description: description), isDecrypted: false)))
  }
}
