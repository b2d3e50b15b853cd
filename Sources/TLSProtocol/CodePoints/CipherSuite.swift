/// A TLS cipher suite, RFC 8446 §B.4 and the IANA registry "TLS Cipher Suites".
public struct CipherSuite: CodePoint {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
