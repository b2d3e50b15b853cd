import TLSProtocol

/// Code points as OpenSSL's command line spells them.
enum OpenSSLNames {
  struct Cipher: Hashable, Sendable {
    var name: String
    /// A TLS 1.3 suite: it goes into `-ciphersuites`, the others into `-cipher`.
    var isTLS13: Bool
  }

  /// The name of a cipher suite; nil where OpenSSL 3 has none.
  static func cipher(_ suite: CipherSuite) -> Cipher? {
    OpenSSLCipherTable.names[suite.rawValue].map { Cipher(name: $0, isTLS13: suite.rawValue >> 8 == 0x13) }
  }

  /// The name for `-groups` and curl's `--curves`; nil where OpenSSL 3 knows none.
  static func group(_ group: NamedGroup) -> String? {
    switch group.rawValue {
    case 23: "P-256"
    case 24: "P-384"
    case 25: "P-521"
    case 26: "brainpoolP256r1"
    case 27: "brainpoolP384r1"
    case 28: "brainpoolP512r1"
    case 29: "X25519"
    case 30: "X448"
    case 256: "ffdhe2048"
    case 257: "ffdhe3072"
    case 258: "ffdhe4096"
    case 259: "ffdhe6144"
    case 260: "ffdhe8192"
    default: postQuantumGroup(group)
    }
  }

  /// Groups that OpenSSL knows from 3.5 on.
  static func postQuantumGroup(_ group: NamedGroup) -> String? {
    switch group.rawValue {
    case 0x0200: "MLKEM512"
    case 0x0201: "MLKEM768"
    case 0x0202: "MLKEM1024"
    case 0x11eb: "SecP256r1MLKEM768"
    case 0x11ec: "X25519MLKEM768"
    case 0x11ed: "SecP384r1MLKEM1024"
    default: nil
    }
  }

  /// The name for `-sigalgs`; nil where OpenSSL 3 knows none.
  static func signatureScheme(_ scheme: SignatureScheme) -> String? {
    switch scheme.rawValue {
    case 0x0201: "RSA+SHA1"
    case 0x0203: "ECDSA+SHA1"
    case 0x0301: "RSA+SHA224"
    case 0x0303: "ECDSA+SHA224"
    case 0x0401: "RSA+SHA256"
    case 0x0403: "ECDSA+SHA256"
    case 0x0501: "RSA+SHA384"
    case 0x0503: "ECDSA+SHA384"
    case 0x0601: "RSA+SHA512"
    case 0x0603: "ECDSA+SHA512"
    case 0x0804: "rsa_pss_rsae_sha256"
    case 0x0805: "rsa_pss_rsae_sha384"
    case 0x0806: "rsa_pss_rsae_sha512"
    case 0x0807: "ed25519"
    case 0x0808: "ed448"
    case 0x0809: "rsa_pss_pss_sha256"
    case 0x080a: "rsa_pss_pss_sha384"
    case 0x080b: "rsa_pss_pss_sha512"
    default: nil
    }
  }
}
