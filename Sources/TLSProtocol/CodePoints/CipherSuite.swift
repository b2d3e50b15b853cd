/// A TLS cipher suite, RFC 8446 §B.4 and the IANA registry "TLS Cipher Suites".
public struct CipherSuite: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// A value in the list of suites that is no suite but says something of the client: RFC 5746 §3.3, RFC 7507 §3.
  public var isSCSV: Bool { rawValue == 0x00ff || rawValue == 0x5600 }

  /// A suite of TLS 1.3, which names a cipher and a hash only.
  public var isTLS13: Bool {
    guard let facts = CipherSuiteFacts(suite: rawValue) else { return false }
    return facts.keyExchange == .any
  }

  /// A suite that modern stacks refuse: no or broken encryption (NULL, export, RC4, DES, 3DES), or no authentication.
  public var isWeak: Bool {
    guard let facts = CipherSuiteFacts(suite: rawValue) else { return false }
    return facts.bulkCipher.isWeak || facts.authentication == .anonymous
  }

  /// A fresh key each connection: the recorded traffic stays secret when the server's key is lost. True of every TLS 1.3
  /// suite, though a pre-shared key may be used there without one.
  public var hasForwardSecrecy: Bool {
    switch keyExchange {
    case .any, .dhe, .ecdhe, .dhePSK, .ecdhePSK, .srp, .eccPassword, .cecpq1: true
    default: false
    }
  }

  /// Whether a server may choose the suite in this version: TLS 1.3 has suites of its own (RFC 8446 §B.4), and authenticated
  /// encryption and SHA-256 came with TLS 1.2 (RFC 5246 §1.2, RFC 5288 §4).
  public func isUsable(in version: ProtocolVersion) -> Bool {
    guard let facts = CipherSuiteFacts(suite: rawValue) else { return false }
    if version.isTLS13 || facts.keyExchange == .any { return version.isTLS13 && facts.keyExchange == .any }
    guard facts.mode.isAEAD || facts.macHash == .sha256 || facts.macHash == .sha384 else { return true }
    return version == .tls12 || version == .dtls12 || version == .tlcp11
  }
}
