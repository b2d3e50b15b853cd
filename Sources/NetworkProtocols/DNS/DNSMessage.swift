public import Bytes
public import NetworkValues

/// A DNS message over UDP, RFC 1035 §4.1: what was asked, and what came back.
///
/// Many records may point at one name, and most messages repeat what is known. So nothing but the header and the place of
/// the first question is read at once: the name is spelled where somebody keeps it, addresses are read where somebody
/// waits for them, and the names of records are passed over.
public struct DNSMessage: ~Escapable {
  private let bytes: RawSpan
  /// Which query and answer share (RFC 1035 §4.1.1).
  public let identifier: UInt16
  /// An answer, not a query.
  public let isResponse: Bool
  /// The TC bit: the answer did not fit.
  public let isTruncated: Bool
  /// RCODE: 0 NOERROR, 2 SERVFAIL, 3 NXDOMAIN.
  public let responseCode: UInt8
  /// QTYPE of the first question, 1 A, 28 AAAA, 65 HTTPS; nil where nothing is asked.
  public let questionType: UInt16?
  private let questionCount: Int
  private let answerCount: Int
  /// Where the second question would begin.
  private let afterFirstQuestion: Int

  /// Records beyond these of either kind are left unread: no resolver needs as many.
  static let recordLimit = 256
  /// The header's bytes; the first question's name follows.
  private static let headerLength = 12

  /// Reads the payload of a UDP datagram; an error where its header or its first question is cut or leads nowhere.
  @_lifetime(copy payload)
  public init(_ payload: RawSpan) throws(ParseError) {
    bytes = payload
    var reader = ByteCursor(payload)
    identifier = try reader.read()
    let flags = try reader.read(UInt16.self)
    isResponse = flags & 0x8000 != 0
    isTruncated = flags & 0x0200 != 0
    responseCode = UInt8(flags & 0x000F)
    questionCount = Int(try reader.read(UInt16.self))
    answerCount = Int(try reader.read(UInt16.self))
    try reader.skip(4)
    guard questionCount > 0 else {
      (questionType, afterFirstQuestion) = (nil, Self.headerLength)
      return
    }
    try DNSName.check(at: Self.headerLength, in: payload)
    try DNSName.skip(&reader)
    questionType = try reader.read(UInt16.self)
    try reader.skip(2)
    afterFirstQuestion = reader.offset
  }

  /// The first question's name in presentation form without the final dot; bytes outside printable ASCII as `\ddd`. Empty
  /// where nothing is asked.
  public var questionName: String {
    guard questionType != nil else { return "" }
    return (try? DNSName.text(at: Self.headerLength, in: bytes)) ?? ""
  }

  /// The addresses of A and AAAA records, in order. An answer section that is cut short, by the sender or by the capture,
  /// yields those before the cut.
  public var addresses: [IPAddress] {
    var addresses: [IPAddress] = []
    guard questionCount <= Self.recordLimit else { return [] }
    do throws(ParseError) {
      var reader = ByteCursor(bytes)
      try reader.skip(afterFirstQuestion)
      for _ in 0..<max(0, questionCount &- 1) {
        try DNSName.skip(&reader)
        try reader.skip(4)
      }
      for _ in 0..<min(answerCount, Self.recordLimit) {
        if let address = try Self.address(&reader) { addresses.append(address) }
      }
    } catch {}
    return addresses
  }

  /// Reads a record, RFC 1035 §4.1.3: name, type, class, time to live, data.
  private static func address(_ reader: inout ByteCursor) throws(ParseError) -> IPAddress? {
    try DNSName.skip(&reader)
    let type = try reader.read(UInt16.self)
    try reader.skip(6)
    var data = try reader.slice(prefixedBy: UInt16.self)
    switch (type, data.remaining) {
    case (1, 4): return IPAddress(ipv4: try data.read())
    case (28, 16): return IPAddress(ipv6High: try data.read(), low: try data.read())
    default: return nil
    }
  }
}
