/// What one QUIC connection showed besides its handshake messages.
public struct QUICFacts: Hashable, Sendable {
  /// How many packets of one sender were seen, by level.
  public struct Packets: Hashable, Sendable {
    /// Initial packets.
    public var initial = 0
    /// Handshake packets.
    public var handshake = 0
    /// 0-RTT packets.
    public var zeroRTT = 0
    /// 1-RTT packets.
    public var oneRTT = 0
    /// Pieces of a flight, by their places in it, that had been seen before: the sender got no answer to them.
    public var repeatedPieces = 0
    /// Those whose protection could not be removed.
    public var unopened = 0
    /// The frames of the first Handshake and 1-RTT packet: a side sends the former once it has both hellos, the latter
    /// once it may send data. A client's 1-RTT packets mean that it accepted the server.
    public var firstHandshakeFrame: Int?
    /// The frame of the first 1-RTT packet.
    public var firstOneRTTFrame: Int?
  }

  /// A CONNECTION_CLOSE with who sent it, and where.
  public struct Close: Hashable, Sendable {
    /// Who closed.
    public var sender: Role
    /// The frame of the CONNECTION_CLOSE.
    public var frame: Int
    /// What it says.
    public var close: QUICConnectionClose

    public init(sender: Role, frame: Int, close: QUICConnectionClose) {
      (self.sender, self.frame, self.close) = (sender, frame, close)
    }
  }

  /// Of the client's first packet.
  public var clientVersion: QUICVersion?
  /// Of the server's first packet, once it is no Version Negotiation: version 1's clients may end up with 2 (RFC 9368).
  public var serverVersion: QUICVersion?
  /// What the server's Version Negotiation packet offers; nil where none came.
  public var negotiationOffer: [QUICVersion]?
  /// The frame of the Version Negotiation packet.
  public var negotiationFrame: Int?
  /// The frame of a Retry, and whether its tag is right (nil: unknown).
  public var retryFrame: Int?
  /// Whether the Retry's integrity tag is right (RFC 9001 §5.8); nil where there was none, or it cannot be checked.
  public var isRetryGenuine: Bool?
  /// Packets of the client.
  public var client = Packets()
  /// Packets of the server.
  public var server = Packets()
  /// CONNECTION_CLOSE frames that could be read.
  public var closes: [Close] = []
  /// The server confirmed the handshake (HANDSHAKE_DONE, RFC 9000 §19.20); seen only with keys.
  public var handshakeDoneFrame: Int?

  public init() {}
}
