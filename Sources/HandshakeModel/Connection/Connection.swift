public import NetworkValues
public import TLSProtocol

/// One connection's story: who talked to whom, what the network did, what was said, and how it ended.
public struct Connection: Sendable {
  /// Counted from 1 in the order of first frames; what `tlswhy show --connection` takes.
  public var index: Int
  /// What carries TLS.
  public var transport: ConnectionTransport
  /// Who opened the connection.
  public var client: Endpoint
  /// Who was called.
  public var server: Endpoint
  /// What told client and server apart.
  public var roleBasis: RoleBasis
  /// The connection's first frame.
  public var firstFrame: Int
  /// The connection's last frame.
  public var lastFrame: Int
  /// Time of the first frame.
  public var started: Timestamp
  /// Time of the last frame.
  public var ended: Timestamp
  /// The number that Wireshark gives the stream (`tcp.stream`); nil where it is not known, and over UDP.
  public var tcpStream: Int?
  /// What the network shows below TLS.
  public var network = NetworkFacts()
  /// What was said in TLS.
  public var transcript = Transcript()
  /// What QUIC, or DTLS, shows besides the handshake's messages; nil over another transport.
  public var quic: QUICFacts? {
    get { quicFacts.value }
    set { quicFacts.value = newValue }
  }
  /// What only DTLS has; nil over TCP and QUIC.
  public var dtls: DTLSFacts? {
    get { dtlsFacts.value }
    set { dtlsFacts.value = newValue }
  }
  private var quicFacts = OutOfLine<QUICFacts>()
  private var dtlsFacts = OutOfLine<DTLSFacts>()
  /// How it ended; nothing else before ``decideOutcome()``.
  public var outcome = Outcome.incomplete

  public init(
    index: Int, transport: ConnectionTransport, client: Endpoint, server: Endpoint, roleBasis: RoleBasis,
    firstFrame: Int, started: Timestamp
  ) {
    self.index = index
    self.transport = transport
    self.client = client
    self.server = server
    self.roleBasis = roleBasis
    self.firstFrame = firstFrame
    self.lastFrame = firstFrame
    self.started = started
    self.ended = started
  }

  /// A connection of which nothing is known yet.
  public static var unknown: Connection {
    Connection(
      index: 0, transport: .tcp, client: Endpoint(address: IPAddress(ipv4: 0), port: 0),
      server: Endpoint(address: IPAddress(ipv4: 0), port: 0), roleBasis: .port, firstFrame: 0,
      started: Timestamp(nanoseconds: 0))
  }
}

/// What carries the handshake.
public enum ConnectionTransport: String, Sendable, Hashable {
  case tcp
  case quic
  case dtls
}

/// What told client and server apart, surest first.
public enum RoleBasis: String, Sendable, Hashable {
  /// The SYN's sender is the client.
  case syn
  /// The ClientHello's sender is the client.
  case clientHello = "client_hello"
  /// The lower port is taken for the server's.
  case port
}

/// How a connection ended, decided once, from the whole story.
public enum Outcome: String, Sendable, Hashable {
  /// Both sides finished the handshake.
  case established
  /// The handshake, or the connection that was to carry it, did not come about.
  case failed
  /// The capture does not show enough to say.
  case incomplete
}
