/// Which end of a connection: the one that opens the handshake, or the one that answers.
public enum Role: String, Hashable, Sendable, CaseIterable {
  case client
  case server

  /// The other side.
  @inlinable public var peer: Role { self == .client ? .server : .client }
}
