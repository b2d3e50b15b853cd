internal import Crypto
internal import CryptoExtras

/// The keys that protect one sender's packets at one level, RFC 9001 §5.
struct QUICKeys {
  private let cipher: AEADCipher
  private let iv: [UInt8]
  private let headerKey: SymmetricKey

  /// Keys from a traffic secret, RFC 9001 §5.1.
  init?(secret: [UInt8], suite: CipherSuite, version: QUICVersion) {
    guard let hash = suite.prfHash, let (algorithm, keyLength) = AEADCipher.algorithm(of: suite) else { return nil }
    func derive(_ label: String, _ length: Int) -> [UInt8]? {
      KeyDerivation.expandLabel(hash, secret: secret, version.labelPrefix + label, length: length)
    }
    guard let key = derive("key", keyLength), let iv = derive("iv", 12), let headerKey = derive("hp", keyLength) else {
      return nil
    }
    cipher = AEADCipher(algorithm, key: key)
    self.iv = iv
    self.headerKey = SymmetricKey(data: headerKey)
  }

  /// The keys of Initial packets, which everyone on the path can derive: RFC 9001 §5.2.
  init?(initialOf sender: Role, destinationID: [UInt8], version: QUICVersion) {
    guard let salt = version.initialSalt,
      let initial = KeyDerivation.extract(.sha256, salt: salt, destinationID),
      let secret = KeyDerivation.expandLabel(
        .sha256, secret: initial, sender == .client ? "client in" : "server in", length: 32)
    else { return nil }
    self.init(secret: secret, suite: CipherSuite(rawValue: 0x1301), version: version)
  }

  /// A packet with its protection removed.
  struct Opened {
    var number: UInt64
    var payload: [UInt8]
  }

  /// Removes header and packet protection, RFC 9001 §5.3 and §5.4; nil where the packet does not verify. `largest` is the
  /// largest packet number of this sender and level so far.
  func open(_ datagram: [UInt8], _ header: QUICPacketHeader, largest: UInt64?) -> Opened? {
    let sample = header.numberOffset + 4
    guard header.start >= 0, header.start < header.numberOffset, header.end <= datagram.count,
      sample + 16 <= header.end, let mask = mask(of: Array(datagram[sample..<sample + 16]))
    else { return nil }
    var plainHeader = Array(datagram[header.start..<header.numberOffset])
    plainHeader[0] ^= mask[0] & (plainHeader[0] & 0x80 != 0 ? 0x0f : 0x1f)
    let length = Int(plainHeader[0] & 3) + 1
    var truncated: UInt64 = 0
    for index in 0..<length {
      let byte = datagram[header.numberOffset + index] ^ mask[index + 1]
      plainHeader.append(byte)
      truncated = truncated << 8 | UInt64(byte)
    }
    let number = Self.decode(truncated, bits: UInt64(8 * length), expected: largest.map { $0 &+ 1 } ?? 0)
    let sealed = datagram[(header.numberOffset + length)..<header.end]
    guard let payload = cipher.open(sealed, nonce: RecordCipher.nonce(iv, number), authenticating: plainHeader) else {
      return nil
    }
    return Opened(number: number, payload: payload)
  }

  /// Header protection's mask, RFC 9001 §5.4.3 and §5.4.4.
  private func mask(of sample: [UInt8]) -> [UInt8]? {
    if cipher.algorithm == .chaCha20Poly1305 {
      guard let counter = try? Insecure.ChaCha20CTR.Counter(data: Array(sample[..<4])),
        let nonce = try? Insecure.ChaCha20CTR.Nonce(data: Array(sample[4...])),
        let mask = try? Insecure.ChaCha20CTR.encrypt(
          [UInt8](repeating: 0, count: 5), using: headerKey, counter: counter, nonce: nonce)
      else { return nil }
      return Array(mask)
    }
    var block = sample
    guard (try? AES.permute(&block, key: headerKey)) != nil else { return nil }
    return block
  }

  /// The full packet number nearest to the expected one, RFC 9000 §A.3.
  static func decode(_ truncated: UInt64, bits: UInt64, expected: UInt64) -> UInt64 {
    let window: UInt64 = 1 << bits
    let half = window / 2
    let candidate = expected & ~(window &- 1) | truncated
    if candidate &+ half <= expected, candidate < (1 << 62) &- window { return candidate &+ window }
    if candidate > expected &+ half, candidate >= window { return candidate &- window }
    return candidate
  }

  /// Whether a Retry's last 16 bytes vouch for it: nobody but a server that saw the client's Initial could have made it
  /// (RFC 9001 §5.8). Nil for versions whose key is unknown.
  static func isGenuineRetry(
    _ packet: ArraySlice<UInt8>, originalDestinationID: [UInt8], version: QUICVersion
  ) -> Bool? {
    guard let (key, nonce) = version.retryIntegrity, packet.count > 16 else { return nil }
    let data = [UInt8(truncatingIfNeeded: originalDestinationID.count)] + originalDestinationID + packet.dropLast(16)
    let cipher = AEADCipher(.aesGCM, key: key)
    return cipher.open(packet.suffix(16), nonce: nonce, authenticating: data) != nil
  }
}
