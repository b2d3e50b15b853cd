/// What one DTLS connection showed besides its handshake messages.
public struct DTLSFacts: Hashable, Sendable {
  /// What one side sent.
  public struct Sent: Hashable, Sendable {
    /// Records.
    public var records = 0
    /// Of them, encrypted ones.
    public var encryptedRecords = 0
    /// The frame of the first encrypted one.
    public var firstEncryptedFrame: Int?
    /// Handshake messages that were sent again, because the answer was late or lost.
    public var retransmittedMessages = 0
    /// The identifier that the side wants in records to it (RFC 9146 §3); nil where it asked for none.
    public var connectionID: [UInt8]?
    /// Records and fragments that broke their format.
    public var malformed = 0
  }

  /// The frame of the server's HelloVerifyRequest: the client must prove its address with a cookie (RFC 6347 §4.2.1).
  public var helloVerifyRequestFrame: Int?
  /// The client's later hello carries the cookie.
  public var didReturnCookie = false
  /// What the client sent.
  public var client = Sent()
  /// What the server sent.
  public var server = Sent()

  public init() {}
}
