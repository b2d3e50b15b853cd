internal import Bytes

extension TLSConversation {
  /// A ChangeCipherSpec made what this side sends ciphertext, as far as anyone can tell.
  func isProtected(_ sender: Role) -> Bool { state(of: sender, \.didChangeCipherSpec) && !context.isTLS13 }

  /// The same, and nothing is missing that could change it.
  func isCertainlyProtected(_ sender: Role) -> Bool { isProtected(sender) && context.version != nil }

  /// Notes a record whose content passed by unread.
  mutating func notePassedRecord(_ header: RecordHeader, _ context: EventContext, _ emit: (TLSEvent) -> Void) {
    noteResynchronisation(context.sender)
    var note = header.note
    switch header.contentType {
    case .applicationData:
      note.isEncrypted = true
      noteData(from: context.sender)
    case .handshake:
      note.isEncrypted =
        isProtected(context.sender) || self.context.isTLS13 || state(of: context.sender, \.isUncertain)
    case .alert: note.isEncrypted = true
    default: note.isEncrypted = isProtected(context.sender)
    }
    emit(context.event(.record(note)))
  }

  /// Notes a record and reads what it holds.
  mutating func noteRecord(
    _ header: RecordHeader, _ fragment: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    noteResynchronisation(context.sender)
    if header.isSSLv2 { return noteSSLv2Record(header, fragment, context, emit) }
    noteOpening(fragment.peek(), of: header.contentType, from: context.sender)
    switch header.contentType {
    case .handshake:
      guard isPlaintextHandshake(fragment, from: context.sender) else {
        return openRecord(header, fragment, context, emit)
      }
      emit(context.event(.record(header.note)))
      readHandshake(fragment, context, emit)
    case .alert:
      guard let alerts = plaintextAlerts(fragment, from: context.sender) else {
        return openRecord(header, fragment, context, emit)
      }
      emit(context.event(.record(header.note)))
      for alert in alerts { emit(context.event(.alert(alert, isDecrypted: false))) }
    case .changeCipherSpec where header.length == 1:
      emit(context.event(.record(header.note)))
      noteChangeCipherSpec(from: context.sender)
    case .applicationData:
      noteData(from: context.sender)
      openRecord(header, fragment, context, emit)
    default: openRecord(header, fragment, context, emit)
    }
  }

  /// Notes a record of which bytes are missing. The messages before the gap are read; those behind it in the same record
  /// are lost, but where the next record's messages start stays known.
  mutating func noteDamagedRecord(
    _ header: RecordHeader, _ prefix: ByteCursor, _ context: EventContext, _ emit: (TLSEvent) -> Void
  ) {
    let length = prefix.remaining
    guard header.contentType == .handshake, !header.isSSLv2, isPlaintextHandshake(prefix, from: context.sender) else {
      loseOpenedMessage(of: context.sender)
      return notePassedRecord(header, context, emit)
    }
    emit(context.event(.record(header.note)))
    readHandshake(prefix, context, emit)
    change(context.sender) { $0.handshake.skip(header.length &- length) }
    // The gap may have ended the message that it damaged.
    var rest = prefix
    try? rest.skip(length)
    readHandshake(rest, context, emit)
  }

  /// Whether a handshake record holds messages in the clear.
  private func isPlaintextHandshake(_ fragment: borrowing ByteCursor, from sender: Role) -> Bool {
    guard !isSettled, !isCertainlyProtected(sender) else { return false }
    let isDoubtful = isProtected(sender) || state(of: sender, \.isUncertain)
    guard isDoubtful, !state(of: sender, \.handshake.isInsideMessage) else { return true }
    return HandshakeReader.isPlausible(fragment)
  }

  /// A side that opens with anything but its hello or an alert was talking before the capture began.
  private mutating func noteOpening(_ type: UInt8?, of contentType: ContentType, from sender: Role) {
    guard state(of: sender, \.isAtFirstRecord) else { return }
    change(sender) { $0.isAtFirstRecord = false }
    guard contentType != .alert, !state(of: sender, \.isUncertain) else { return }
    let isHello = type == nil || (sender == .client ? type == 1 : type == 2 || type == 6)
    guard contentType != .handshake || !isHello else { return }
    change(sender) { $0.distrust() }
  }

  private mutating func noteResynchronisation(_ sender: Role) {
    change(sender) { direction in
      if direction.records.takeResynchronisation() { direction.distrust() }
    }
  }

  // MARK: Alerts

  /// The alerts of a record in the clear: none where it holds a part of one, nil where it is ciphertext.
  ///
  /// RFC 8446 §6: two bytes. TLS 1.3 hides most of them in application_data, but a client that sends one before it
  /// switches keys (OpenSSL's do) sends it in the clear; content tells, since no cipher makes two bytes of two.
  private mutating func plaintextAlerts(_ fragment: ByteCursor, from sender: Role) -> [Alert]? {
    var fragment = fragment
    let isOpen = !isProtected(sender) && !state(of: sender, \.isUncertain)
    var alerts: [Alert] = []
    while let byte = fragment.peek() {
      try? fragment.skip(1)
      if let level = state(of: sender, \.alertLevel) {
        change(sender) { $0.alertLevel = nil }
        alerts.append(Alert(level: level, description: AlertDescription(rawValue: byte)))
      } else if isOpen || (fragment.remaining == 1 && (byte == 1 || byte == 2)) {
        change(sender) { $0.alertLevel = AlertLevel(rawValue: byte) }
      } else {
        return nil
      }
    }
    return alerts
  }
}
