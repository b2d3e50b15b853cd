/// A signature scheme, RFC 8446 §4.2.3; in TLS 1.2 a hash and signature algorithm pair (RFC 5246 §7.4.1.4.1).
public struct SignatureScheme: CodePoint {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
