extension CipherSuite {
  /// How a suite agrees on keys.
  public enum KeyExchange: UInt8, Hashable, Sendable, CaseIterable {
    /// The suite does not say: TLS 1.3 negotiates groups and pre-shared keys on their own (RFC 8446 §4.1.1).
    case any
    /// No keys at all: TLS_NULL_WITH_NULL_NULL.
    case none
    /// The client encrypts the secret to the server's certificate: no forward secrecy.
    case rsa
    /// Diffie-Hellman with a key from the certificate.
    case dh
    /// Ephemeral finite-field Diffie-Hellman, anonymous included.
    case dhe
    /// Elliptic-curve Diffie-Hellman with a key from the certificate.
    case ecdh
    /// Ephemeral elliptic-curve Diffie-Hellman, anonymous included.
    case ecdhe
    case psk
    case dhePSK
    case rsaPSK
    case ecdhePSK
    /// Secure Remote Password, RFC 5054.
    case srp
    /// RFC 2712.
    case kerberos
    /// A password-authenticated exchange on an elliptic curve: RFC 8492, and Thread's EC-JPAKE.
    case eccPassword
    /// RFC 9189.
    case gost
    /// The client encrypts the secret to the server's SM2 encryption certificate (TLCP).
    case sm2
    /// TLCP's identity-based exchanges.
    case identityBased
    /// Google's post-quantum experiment of 2016.
    case cecpq1
    case fortezza
  }

  /// What proves who the server is.
  public enum Authentication: UInt8, Hashable, Sendable, CaseIterable {
    /// The suite does not say: TLS 1.3 negotiates signature schemes on their own (RFC 8446 §4.1.1).
    case any
    /// Nothing is negotiated: TLS_NULL_WITH_NULL_NULL.
    case none
    /// Nothing proves it: anyone in between can answer.
    case anonymous
    case rsa
    case dss
    /// An ECDSA key, or an Ed25519 or Ed448 one (RFC 8422 §5.1.1).
    case ecdsa
    case psk
    case password
    case kerberos
    case gost
    case sm2
    case identityBased
  }

  /// How the suite agrees on keys; nil for a signalling value and for a number without a name.
  public var keyExchange: KeyExchange? { CipherSuiteFacts(suite: rawValue)?.keyExchange }

  /// What proves who the server is; nil for a signalling value and for a number without a name.
  public var authentication: Authentication? { CipherSuiteFacts(suite: rawValue)?.authentication }
}
