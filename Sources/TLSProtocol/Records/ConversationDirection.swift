/// What one direction of a conversation has come to.
struct ConversationDirection {
  var records: RecordReader
  var handshake = HandshakeReader()
  /// Joins the messages that keys opened; they never share a message with those in the clear.
  var openedHandshake = HandshakeReader()
  /// This side's keys, where a key log holds them. Each side has its own copy: they switch keys at different times.
  var decryptor: RecordDecryptor?
  /// A ChangeCipherSpec passed, or a record that only comes after one. Before TLS 1.3 everything behind it is
  /// ciphertext; in TLS 1.3 it means nothing (RFC 8446 §D.4).
  var didChangeCipherSpec = false
  /// Records are missing, a ChangeCipherSpec perhaps among them: whether a record is ciphertext shows by its content.
  var isUncertain = false
  /// No record was noted yet.
  var isAtFirstRecord = true
  /// The first byte of an alert that was split over two records.
  var alertLevel: AlertLevel?
  var messageCount = 0
  /// Records of SSLv2 behind its hello.
  var sslv2RecordCount = 0

  /// Bytes of fragment that several alerts in one record may have.
  static let plaintextAlertLimit = 8

  /// Records before this place are missing: nothing that they would have told can be relied on.
  mutating func distrust() {
    isUncertain = true
    alertLevel = nil
    handshake.loseAlignment()
  }

  init(sender: Role) { records = RecordReader(sender: sender) }
}
