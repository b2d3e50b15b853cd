import HandshakeModel

/// When a live capture tells a connection's story, although the connection may go on.
///
/// Each story is told once: as soon as the handshake has completed or failed, or after a silence in which it should have
/// gone on. Times are in seconds.
public struct LiveTiming: Sendable, Hashable {
  /// Quiet after which what a connection shows is taken for all that it will show just now. Connections with a long
  /// round trip get up to ``longestQuiet``.
  public var quiet = 0.2
  /// The same where round trips take long: the most that is waited.
  public var longestQuiet = 0.8
  /// A SYN without an answer for so long is a failure.
  public var connecting = Connection.unansweredSYN
  /// A handshake that does not go on for so long is a failure.
  public var answering = 10.0

  public init() {}
}

/// Which connections are looked at whether their story can be told.
public enum LookScope: Sendable {
  /// Those that both sides have closed, or one has reset.
  case closed
  /// Those that somebody has closed, and those that are reported not to come about.
  case closing
  case all
}
