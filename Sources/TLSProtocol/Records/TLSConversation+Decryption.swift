internal import Bytes

extension TLSConversation {
  /// Notes a record of ciphertext, and reads what it holds if there are keys that open it.
  mutating func openRecord(
    _ header: RecordHeader, _ fragment: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    let hasKeys = !isSettled && state(of: context.sender) { $0.decryptor != nil }
    guard hasKeys, isProtected(context.sender) || header.contentType == .applicationData else {
      return notePassedRecord(header, context, emit)
    }
    let bytes = fragment.rest
    let opened = change(context.sender) {
      $0.decryptor?.open(
        contentType: header.contentType, version: header.version, fragment: bytes, from: context.sender)
    }
    var note = header.note
    note.isEncrypted = true
    guard let opened else {
      loseOpenedMessage(of: context.sender)
      emit(context.event(.record(note)))
      emit(context.event(.decryptionFailed(recordLength: header.length)))
      return
    }
    note.innerContentType = opened.contentType
    note.innerLength = opened.plaintext.count
    emit(context.event(.record(note)))
    opened.plaintext.withCursor { readOpened(opened.contentType, $0, context, emit) }
  }

  private mutating func readOpened(
    _ type: ContentType, _ content: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    var content = content
    switch type {
    case .handshake:
      var reader = HandshakeReader()
      change(context.sender) { swap(&reader, &$0.openedHandshake) }
      read(&content, with: &reader, isDecrypted: true, context, emit)
      change(context.sender) { swap(&reader, &$0.openedHandshake) }
    case .alert:
      while let level = try? content.read(AlertLevel.self), let description = try? content.read(AlertDescription.self) {
        emit(context.event(.alert(Alert(level: level, description: description), isDecrypted: true)))
      }
    case .changeCipherSpec:
      // A renegotiation's, inside the keys that it ends.
      noteChangeCipherSpec(from: context.sender)
    default: break
    }
  }

  /// A message that keys had begun to open goes on in a record that is not there, or does not open.
  mutating func loseOpenedMessage(of sender: Role) {
    change(sender) { if $0.openedHandshake.isInsideMessage { $0.openedHandshake.loseAlignment() } }
  }

  /// Keys change behind some messages, RFC 8446 §4.4.4 and §4.6.3.
  mutating func noteKeyChange(behind type: HandshakeType, from sender: Role) {
    switch type {
    case .finished where context.isTLS13: change(sender) { $0.decryptor?.finishedSeen(from: sender) }
    case .keyUpdate where context.isTLS13: change(sender) { $0.decryptor?.keyUpdate(from: sender) }
    default: break
    }
  }
}
