public import NetworkValues

/// Where a client went on when a connection did not come about: over the other address family, by itself (RFC 8305).
public struct Fallback: Sendable, Hashable {
  /// The server's end there.
  public var server: Endpoint
  /// The segment with which the server accepted.
  public var accepted: FrameNote

  /// A place where a client was accepted.
  public init(server: Endpoint, accepted: FrameNote) { (self.server, self.accepted) = (server, accepted) }
}
