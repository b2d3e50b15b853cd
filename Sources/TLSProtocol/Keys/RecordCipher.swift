internal import Crypto
internal import CryptoExtras

/// The keys of one direction in one epoch: opens a record, given its sequence number.
struct RecordCipher {
  /// A record's header as its protection covers it.
  struct Header {
    var contentType: ContentType
    var version: ProtocolVersion
    var sequenceNumber: UInt64
  }

  private enum Form {
    /// RFC 8446 §5.2: the nonce is the sequence number over the IV; the header is authenticated as sent.
    case tls13(AEADCipher, iv: [UInt8])
    /// RFC 5288 §3, RFC 6655 §3: four bytes of nonce are secret, eight stand in the record.
    case explicitNonce(AEADCipher, salt: [UInt8])
    /// RFC 7905 §2: as in TLS 1.3, with the authenticated data of TLS 1.2.
    case implicitNonce(AEADCipher, iv: [UInt8])
    /// RFC 5246 §6.2.3.2 and §6.2.3.1: AES-CBC, or no cipher where the key is empty, with an HMAC.
    case cbc(CBCCipher)
  }

  private var form: Form

  /// The keys that follow from one TLS 1.3 traffic secret, RFC 8446 §7.3.
  init?(trafficSecret: [UInt8], suite: CipherSuite) {
    guard let hash = suite.prfHash, let (algorithm, keyLength) = AEADCipher.algorithm(of: suite),
      let key = KeyDerivation.expandLabel(hash, secret: trafficSecret, "key", length: keyLength),
      let iv = KeyDerivation.expandLabel(hash, secret: trafficSecret, "iv", length: 12)
    else { return nil }
    form = .tls13(AEADCipher(algorithm, key: key), iv: iv)
  }

  /// The keys of one sender that follow from a master secret, RFC 5246 §6.3.
  init?(
    masterSecret: [UInt8], clientRandom: [UInt8], serverRandom: [UInt8], version: ProtocolVersion, suite: CipherSuite,
    encryptThenMAC: Bool, sender: Role
  ) {
    guard let hash = suite.prfHash else { return nil }
    let aead = AEADCipher.algorithm(of: suite)
    let isCBC = suite.mode == .cbc && (suite.bulkCipher == .aes128 || suite.bulkCipher == .aes256)
    guard aead != nil || isCBC || suite.mode == .null, version.rawValue >= 0x0301 else { return nil }
    let macLength = aead == nil ? suite.macHash?.outputLength ?? 0 : 0
    let keyLength = suite.bulkCipher?.keyLength ?? 0
    // CBC's IV is derived before TLS 1.1 only, but stands behind all else: deriving it always changes nothing.
    let ivLength = aead.map { $0.algorithm == .chaCha20Poly1305 ? 12 : 4 } ?? (isCBC ? 16 : 0)
    guard
      let block = KeyDerivation.prf(
        version, hash, secret: masterSecret, label: "key expansion", seed: serverRandom + clientRandom,
        length: 2 * (macLength + keyLength + ivLength))
    else { return nil }
    func part(_ offset: Int, _ length: Int) -> [UInt8] {
      let start = offset + (sender == .client ? 0 : length)
      return Array(block[start..<start + length])
    }
    let macKey = part(0, macLength)
    let key = part(2 * macLength, keyLength)
    let iv = part(2 * (macLength + keyLength), ivLength)
    if let aead {
      let cipher = AEADCipher(aead.algorithm, key: key)
      form = aead.algorithm == .chaCha20Poly1305 ? .implicitNonce(cipher, iv: iv) : .explicitNonce(cipher, salt: iv)
    } else {
      form = .cbc(
        CBCCipher(
          key: key, macKey: macKey, macHash: suite.macHash ?? .none, encryptThenMAC: encryptThenMAC,
          chainedIV: version.rawValue < 0x0302 ? iv : nil))
    }
  }

  /// Opens a record; nil where it does not verify. In TLS 1.3 the result still holds the inner content type.
  mutating func open(_ fragment: [UInt8], _ header: Header) -> [UInt8]? {
    switch form {
    case .tls13(let cipher, let iv):
      let data = header.recordHeader(length: fragment.count)
      return cipher.open(fragment[...], nonce: Self.nonce(iv, header.sequenceNumber), authenticating: data)
    case .explicitNonce(let cipher, let salt):
      guard fragment.count >= 8 + cipher.tagLength else { return nil }
      let data = header.pseudoHeader(length: fragment.count - 8 - cipher.tagLength)
      return cipher.open(fragment.dropFirst(8), nonce: salt + fragment.prefix(8), authenticating: data)
    case .implicitNonce(let cipher, let iv):
      guard fragment.count >= cipher.tagLength else { return nil }
      let data = header.pseudoHeader(length: fragment.count - cipher.tagLength)
      return cipher.open(fragment[...], nonce: Self.nonce(iv, header.sequenceNumber), authenticating: data)
    case .cbc(var cipher):
      let plaintext = cipher.open(fragment, header)
      form = .cbc(cipher)
      return plaintext
    }
  }

  /// The IV with a number over its last eight bytes.
  static func nonce(_ iv: [UInt8], _ number: UInt64) -> [UInt8] {
    var nonce = iv
    for place in 0..<min(8, iv.count) {
      nonce[nonce.count - 1 - place] ^= UInt8(truncatingIfNeeded: number >> (8 * UInt64(place)))
    }
    return nonce
  }
}

extension RecordCipher.Header {
  /// The five bytes in front of the fragment, RFC 8446 §5.2.
  func recordHeader(length: Int) -> [UInt8] {
    [
      contentType.rawValue, UInt8(version.rawValue >> 8), UInt8(truncatingIfNeeded: version.rawValue),
      UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length),
    ]
  }

  /// Sequence number and header, with the length of the plaintext: RFC 5246 §6.2.3.1 and §6.2.3.3.
  func pseudoHeader(length: Int) -> [UInt8] {
    bigEndian(sequenceNumber) + recordHeader(length: length)
  }

  private func bigEndian(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
  }
}
