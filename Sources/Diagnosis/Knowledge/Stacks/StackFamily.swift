import TLSProtocol

/// A TLS implementation: what decides how a side behaves in a handshake. Those that are known are named beside what is
/// known of them (``StackProfile``).
public struct StackFamily: RawRepresentable, Sendable, Hashable, CaseIterable {
  /// The library's name, as in `OpenSSL`.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// Every one of which something is known.
  public static var allCases: [StackFamily] { StackProfile.all.map(\.family) }

  /// Whether the alert may say that no trusted authority was found; nil where the stack's habit is not known.
  func saysOfTrust(_ alert: AlertDescription) -> Bool? {
    StackProfile.of(self)?.trustAlerts.map { $0.contains(alert) }
  }
}

/// A program or library that people know by name and configure, above its TLS implementation.
public struct StackProduct: RawRepresentable, Sendable, Hashable, CaseIterable {
  /// Its name, as in `curl`.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// Every one of which something is known.
  public static var allCases: [StackProduct] { StackProfile.all.flatMap(\.programs).map(\.product) }
}
