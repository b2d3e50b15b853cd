/// A signature scheme, RFC 8446 §4.2.3; in TLS 1.2 a hash and signature algorithm pair (RFC 5246 §7.4.1.4.1).
public struct SignatureScheme: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The kind of key that makes a signature of this scheme.
  public enum KeyAlgorithm: Hashable, Sendable {
    /// An rsaEncryption key: `rsa_pkcs1_*` and `rsa_pss_rsae_*`.
    case rsa
    /// A key whose certificate says id-RSASSA-PSS: `rsa_pss_pss_*`.
    case rsaPSS
    /// TLS 1.3 binds the scheme to this curve; in TLS 1.2 any curve goes. Nil where the scheme names none.
    case ecdsa(NamedGroup?)
    case ed25519
    case ed448
    case dsa
    case sm2
    case gost
    /// ML-DSA, FIPS 204.
    case mldsa
    /// SLH-DSA, FIPS 205.
    case slhdsa
  }

  /// The kind of key that the scheme fits; nil where the number says nothing known.
  public var keyAlgorithm: KeyAlgorithm? {
    switch rawValue {
    case 0x0804...0x0806, 0x0420, 0x0520, 0x0620, 0xff01: .rsa
    case 0x0809...0x080b: .rsaPSS
    case 0x0403: .ecdsa(.secp256r1)
    case 0x0503: .ecdsa(.secp384r1)
    case 0x0603: .ecdsa(.secp521r1)
    case 0x081a: .ecdsa(.brainpoolP256r1tls13)
    case 0x081b: .ecdsa(.brainpoolP384r1tls13)
    case 0x081c: .ecdsa(.brainpoolP512r1tls13)
    case 0x0807: .ed25519
    case 0x0808: .ed448
    case 0x0708: .sm2
    case 0x0709...0x070f, 0x0840, 0x0841, 0xeded, 0xeeee, 0xefef: .gost
    case 0x0904...0x0906: .mldsa
    case 0x0911...0x091c: .slhdsa
    default: keyAlgorithmOfPair
    }
  }

  /// The signature half of a TLS 1.2 pair whose hash half is md5 to sha512.
  private var keyAlgorithmOfPair: KeyAlgorithm? {
    guard (1...6).contains(rawValue >> 8) else { return nil }
    return switch rawValue & 0xff {
    case 1: .rsa
    case 2: .dsa
    case 3: .ecdsa(nil)
    default: nil
    }
  }

  /// The scheme signs a SHA-1 digest, which TLS 1.3 forbids and RFC 9155 deprecates.
  public var usesSHA1: Bool { rawValue >> 8 == 0x02 && (1...3).contains(rawValue & 0xff) || rawValue == 0xff01 }

  /// The scheme signs an MD5 digest, alone or beside SHA-1.
  public var usesMD5: Bool { rawValue >> 8 == 0x01 && (1...3).contains(rawValue & 0xff) || rawValue == 0xff01 }
}
