extension CipherSuite {
  /// The cipher that protects records.
  public enum BulkCipher: UInt8, Hashable, Sendable, CaseIterable {
    case null
    case rc4Export, rc4
    case rc2Export
    case desExport, des, tripleDES
    case idea, seed, skipjack
    case aes128, aes256
    case camellia128, camellia256
    case aria128, aria256
    case chacha20, salsa20
    case aegis128L, aegis256
    case sm1, sm4
    case gost28147, kuznyechik, magma

    /// Bytes of key.
    public var keyLength: Int {
      switch self {
      case .null: 0
      case .rc4Export, .rc2Export, .desExport: 5
      case .des: 8
      case .skipjack: 10
      case .rc4, .idea, .seed, .aes128, .camellia128, .aria128, .aegis128L, .sm1, .sm4: 16
      case .tripleDES: 24
      case .aes256, .camellia256, .aria256, .chacha20, .salsa20, .aegis256, .gost28147, .kuznyechik, .magma: 32
      }
    }

    /// Broken, or with a key that can be searched: NULL, export ciphers, RC4, DES, and 3DES with its 64-bit block.
    public var isWeak: Bool {
      switch self {
      case .null, .rc4Export, .rc4, .rc2Export, .desExport, .des, .tripleDES, .skipjack: true
      default: false
      }
    }
  }

  /// How the cipher is run.
  public enum Mode: UInt8, Hashable, Sendable, CaseIterable {
    case null, stream, cbc
    case gcm, ccm
    /// CCM with an 8-byte tag instead of 16.
    case ccm8
    case poly1305, aegis, mgm

    /// Authenticated encryption: the cipher protects integrity too, and there is no MAC beside it.
    public var isAEAD: Bool {
      switch self {
      case .null, .stream, .cbc: false
      case .gcm, .ccm, .ccm8, .poly1305, .aegis, .mgm: true
      }
    }
  }

  /// A hash function: of a suite's MAC, or of its key derivation.
  public enum HashFunction: UInt8, Hashable, Sendable, CaseIterable {
    case none
    case md5, sha1, sha256, sha384, sha512
    case sm3
    case gostR3411, gostImit, gostOMAC

    /// Bytes of output.
    public var outputLength: Int {
      switch self {
      case .none: 0
      case .gostImit: 4
      case .gostOMAC: 16
      case .md5: 16
      case .sha1: 20
      case .sha256, .sm3, .gostR3411: 32
      case .sha384: 48
      case .sha512: 64
      }
    }
  }

  /// The cipher that protects records; nil for a signalling value and for a number without a name.
  public var bulkCipher: BulkCipher? { CipherSuiteFacts(suite: rawValue)?.bulkCipher }

  /// How the cipher is run; nil for a signalling value and for a number without a name.
  public var mode: Mode? { CipherSuiteFacts(suite: rawValue)?.mode }

  /// The hash of the MAC; `none` for authenticated encryption, nil for a number without a name.
  public var macHash: HashFunction? { CipherSuiteFacts(suite: rawValue)?.macHash }

  /// The hash of key derivation: HKDF's in TLS 1.3, the PRF's in TLS 1.2 (RFC 5246 §5). TLS 1.1 and earlier derive keys
  /// with MD5 and SHA-1, whatever the suite.
  public var prfHash: HashFunction? { CipherSuiteFacts(suite: rawValue)?.prfHash }

  /// Bytes of the hash of key derivation, and so of TLS 1.3's secrets and Finished; 0 for a number without a name.
  public var hashOutputLength: Int { prfHash?.outputLength ?? 0 }

  /// Encryption and authentication in one (RFC 5116).
  public var isAEAD: Bool { mode?.isAEAD == true }

  /// Cipher block chaining, with a MAC.
  public var isCBC: Bool { mode == .cbc }
}
