public import Bytes

extension DNSMessage: WireValue {
  /// Records beyond these of either kind are left unread: no resolver needs as many.
  static let recordLimit = 256

  /// Reads the payload of a UDP datagram, RFC 1035 §4.1. Names may point back at any byte read before them, so the cursor
  /// has to stand at the message's first byte; it is left at the end.
  ///
  /// An answer section that is cut short, by the sender or by the capture, yields the answers before the cut.
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    let message = cursor.rest
    var reader = ByteCursor(message)
    identifier = try reader.read()
    let flags = try reader.read(UInt16.self)
    isResponse = flags & 0x8000 != 0
    isTruncated = flags & 0x0200 != 0
    responseCode = UInt8(flags & 0x000F)
    let questionCount = Int(try reader.read(UInt16.self))
    let answerCount = Int(try reader.read(UInt16.self))
    try reader.skip(4)
    questions = []
    answers = []
    for _ in 0..<min(questionCount, Self.recordLimit) {
      let name = try DNSName.read(&reader, in: message)
      questions.append(Question(name: name, type: try reader.read()))
      try reader.skip(2)
    }
    if questionCount <= Self.recordLimit {
      do throws(ParseError) {
        for _ in 0..<min(answerCount, Self.recordLimit) {
          answers.append(try Answer(parsing: &reader, in: message))
        }
      } catch {}
    }
    try cursor.skip(cursor.remaining)
  }

  /// Reads one message of a TCP stream, behind its two bytes of length (RFC 1035 §4.2.2).
  public init(parsingStream cursor: inout ByteCursor) throws(ParseError) {
    var message = try cursor.slice(prefixedBy: UInt16.self)
    try self.init(parsing: &message)
  }
}

extension DNSMessage.Answer {
  /// RFC 1035 §4.1.3: name, type, class, time to live, data.
  fileprivate init(parsing reader: inout ByteCursor, in message: RawSpan) throws(ParseError) {
    name = try DNSName.read(&reader, in: message)
    type = try reader.read()
    try reader.skip(6)
    var data = try reader.slice(prefixedBy: UInt16.self)
    switch (type, data.remaining) {
    case (1, 4): address = IPAddress(ipv4: try data.read())
    case (28, 16): address = IPAddress(ipv6High: try data.read(), low: try data.read())
    case (5, _): canonicalName = try DNSName.read(&data, in: message)
    default: break
    }
  }
}
