/// A key exchange group, RFC 8446 §4.2.7 and the IANA registry "TLS Supported Groups".
public struct NamedGroup: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// ML-KEM or a forerunner of it (Kyber, CECPQ2), alone or combined with an elliptic curve.
  public var isPostQuantum: Bool {
    switch rawValue {
    case 0x0200...0x02ff, 0x11eb...0x11ed, 0x2f00...0x2fff, 0x4138, 0x6399, 0x639a, 0xfe30...0xfe32: true
    default: false
    }
  }

  /// A finite-field Diffie-Hellman group of RFC 7919 (its private-use range included).
  public var isFiniteField: Bool { (0x0100...0x01ff).contains(rawValue) }

  /// An elliptic curve on its own: RFC 8422, brainpool, GOST or SM2.
  public var isEllipticCurve: Bool { (0x0001...0x0029).contains(rawValue) }
}
