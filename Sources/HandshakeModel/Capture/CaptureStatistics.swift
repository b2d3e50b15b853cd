public import NetworkValues

/// Counts over a whole capture.
public struct CaptureStatistics: Sendable, Hashable {
  /// Frames that were read.
  public var frames = 0
  /// Bytes of those frames as they were captured.
  public var bytes: UInt64 = 0
  /// TCP connections that began.
  public var tcpConnections = 0
  /// QUIC and DTLS flows.
  public var datagramFlows = 0
  /// Connections that spoke TLS, DTLS or QUIC.
  public var tlsConnections = 0
  /// Of them, those whose handshake ended well.
  public var established = 0
  /// Those that failed.
  public var failed = 0
  /// Those of which the capture does not show how they ended.
  public var incomplete = 0
  /// Time of the first frame.
  public var firstTime: Timestamp?
  /// Time of the last frame.
  public var lastTime: Timestamp?
  /// Frames that could not be decoded, by what they hold.
  public var undecoded: [String: Int] = [:]
  /// Frames that the capture cut short.
  public var truncatedFrames = 0
  /// Bytes of streams that were not kept, since a limit was reached.
  public var droppedBytes: UInt64 = 0
  /// Connections that were not followed to their end, since a limit was reached.
  public var droppedConnections = 0
  /// Secrets of key logs that were not kept, since a limit was reached.
  public var droppedSecrets = 0
  /// Name lookups that were not kept, since a limit was reached.
  public var droppedLookups = 0
  /// Bytes of names, descriptions and comments of the file that were not kept, since a limit was reached.
  public var droppedTextBytes: UInt64 = 0
  /// Connections that were counted and not kept: the story holds the more telling ones.
  public var forgottenConnections = 0
  /// Attempts to connect that are not told one by one, by server, in the order in which they began.
  public var countedAttempts: [UnansweredAttempts] = []

  public init() {}
}
