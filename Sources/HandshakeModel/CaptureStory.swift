import NetworkProtocols
public import NetworkValues
import PacketCapture

/// What one capture holds: its connections, the names that were looked up, and what could not be read.
public struct CaptureStory: Sendable {
  /// The file's path, the interface's name, or `-`.
  public var name: String
  /// Connections that carried TLS, were meant to, or failed before they could, in order of first frames.
  public var connections: [Connection] = []
  public var lookups: [NameLookup] = []
  public var statistics = CaptureStatistics()
  /// One clear line on damage that ended the reading early; nil where the capture was read whole.
  public var damage: String?

  public init(name: String) { self.name = name }
}

/// One name asked of a resolver, with its answer.
public struct NameLookup: Sendable, Hashable {
  public var name: String
  /// DNS QTYPE: 1 A, 28 AAAA, 65 HTTPS.
  public var type: UInt16
  public var client: IPAddress
  public var resolver: IPAddress
  /// The query and its repetitions; of very many the first ones and the last.
  public var queries: [FrameNote]
  /// Repetitions that ``queries`` leaves out.
  public var furtherQueries = 0
  /// How often the question was asked.
  public var queryCount: Int { queries.count + furtherQueries }
  public var response: FrameNote?
  /// DNS RCODE of the response.
  public var responseCode: UInt8?
  public var addresses: [IPAddress] = []

  public init(name: String, type: UInt16, client: IPAddress, resolver: IPAddress, queries: [FrameNote]) {
    self.name = name
    self.type = type
    self.client = client
    self.resolver = resolver
    self.queries = queries
  }
}

/// Counts over a whole capture.
public struct CaptureStatistics: Sendable, Hashable {
  public var frames = 0
  public var bytes: UInt64 = 0
  public var tcpConnections = 0
  /// QUIC and DTLS flows.
  public var datagramFlows = 0
  public var tlsConnections = 0
  public var established = 0
  public var failed = 0
  public var incomplete = 0
  public var firstTime: Timestamp?
  public var lastTime: Timestamp?
  /// Frames that could not be decoded, by what they hold.
  public var undecoded: [String: Int] = [:]
  public var truncatedFrames = 0
  public var droppedBytes: UInt64 = 0
  public var droppedConnections = 0
  /// Connections that were counted and not kept: the story holds the more telling ones.
  public var forgottenConnections = 0

  public init() {}
}
