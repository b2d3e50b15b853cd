public import NetworkValues

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
  /// Attempts to connect that are not told one by one, by server, in the order in which they began.
  public var countedAttempts: [UnansweredAttempts] = []

  public init() {}
}
