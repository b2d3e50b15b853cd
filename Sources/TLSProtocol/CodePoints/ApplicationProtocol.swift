/// An application protocol as ALPN names it, RFC 7301 and the IANA registry "TLS ALPN Protocol IDs".
public struct ApplicationProtocol: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The identification sequence, as in `h2`.
  public let rawValue: String
  @inlinable public init(rawValue: String) { self.rawValue = rawValue }

  /// One of the two-byte identifiers that RFC 8701 §2 reserves to be ignored: 0x0a0a, … 0xfafa.
  public var isGREASE: Bool {
    // 0x8a8a and above are not UTF-8: a hello keeps them as two replacement characters.
    let scalars = rawValue.unicodeScalars
    guard scalars.count == 2, let first = scalars.first, first == scalars.last else { return false }
    return first == "\u{fffd}" || first.value & 0x0f == 0x0a && first.value < 0x80 && rawValue.utf8.count == 2
  }

  public var description: String { registeredName.map { "\(rawValue) (\($0))" } ?? rawValue }
}
