/// A DNS message over UDP, RFC 1035 §4.1: what was asked, and what came back.
public struct DNSMessage: Hashable, Sendable {
  public var identifier: UInt16
  public var isResponse: Bool
  /// RCODE: 0 NOERROR, 2 SERVFAIL, 3 NXDOMAIN.
  public var responseCode: UInt8
  public var isTruncated: Bool
  public var questions: [Question]
  public var answers: [Answer]

  public struct Question: Hashable, Sendable {
    /// In presentation form without the final dot; bytes outside printable ASCII as `\ddd`.
    public var name: String
    /// QTYPE: 1 A, 28 AAAA, 65 HTTPS.
    public var type: UInt16
    public init(name: String, type: UInt16) { (self.name, self.type) = (name, type) }
  }

  public struct Answer: Hashable, Sendable {
    public var name: String
    public var type: UInt16
    /// For A and AAAA records.
    public var address: IPAddress?
    /// For CNAME records.
    public var canonicalName: String?
    public init(name: String, type: UInt16, address: IPAddress? = nil, canonicalName: String? = nil) {
      (self.name, self.type, self.address, self.canonicalName) = (name, type, address, canonicalName)
    }
  }

  public init(
    identifier: UInt16, isResponse: Bool, responseCode: UInt8, isTruncated: Bool, questions: [Question],
    answers: [Answer]
  ) {
    self.identifier = identifier
    self.isResponse = isResponse
    self.responseCode = responseCode
    self.isTruncated = isTruncated
    self.questions = questions
    self.answers = answers
  }
}
