import NetworkValues

/// What one capture holds: its connections, the names that were looked up, and what could not be read.
public struct CaptureStory: Sendable {
  /// The file's path, the interface's name, or `-`.
  public var name: String
  /// Connections that carried TLS, were meant to, or failed before they could, in order of first frames.
  public var connections: [Connection] = []
  /// Names that were asked for, in the order of their first query.
  public var lookups: [NameLookup] = []
  /// What was counted.
  public var statistics = CaptureStatistics()
  /// One clear line on damage that ended the reading early; nil where the capture was read whole.
  public var damage: String?

  public init(name: String) { self.name = name }
}
