internal import Crypto
internal import CryptoExtras

/// An authenticated cipher with its key, RFC 5116: what opens TLS 1.3, QUIC and most TLS 1.2 records.
struct AEADCipher {
  enum Algorithm: Hashable {
    case aesGCM
    case chaCha20Poly1305
    case aesCCM(tagLength: Int)
  }

  let algorithm: Algorithm
  private let key: SymmetricKey

  init(_ algorithm: Algorithm, key: [UInt8]) {
    self.algorithm = algorithm
    self.key = SymmetricKey(data: key)
  }

  /// What a suite protects records with; nil for ciphers that cannot be opened here.
  static func algorithm(of suite: CipherSuite) -> (algorithm: Algorithm, keyLength: Int)? {
    guard let cipher = suite.bulkCipher, let mode = suite.mode else { return nil }
    return switch (cipher, mode) {
    case (.aes128, .gcm), (.aes256, .gcm): (.aesGCM, cipher.keyLength)
    case (.chacha20, .poly1305): (.chaCha20Poly1305, cipher.keyLength)
    case (.aes128, .ccm), (.aes256, .ccm): (.aesCCM(tagLength: 16), cipher.keyLength)
    case (.aes128, .ccm8), (.aes256, .ccm8): (.aesCCM(tagLength: 8), cipher.keyLength)
    default: nil
    }
  }

  var tagLength: Int {
    if case .aesCCM(let length) = algorithm { return length }
    return 16
  }

  /// The plaintext of ciphertext and tag; nil where the tag does not fit key, nonce (12 bytes) and associated data.
  func open(_ sealed: ArraySlice<UInt8>, nonce: [UInt8], authenticating data: [UInt8]) -> [UInt8]? {
    guard sealed.count >= tagLength, nonce.count == 12 else { return nil }
    let ciphertext = sealed.dropLast(tagLength)
    let tag = sealed.suffix(tagLength)
    switch algorithm {
    case .aesGCM:
      guard let nonce = try? AES.GCM.Nonce(data: nonce),
        let box = try? AES.GCM.SealedBox(nonce: nonce, ciphertext: ciphertext, tag: tag),
        let plaintext = try? AES.GCM.open(box, using: key, authenticating: data)
      else { return nil }
      return Array(plaintext)
    case .chaCha20Poly1305:
      guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
        let box = try? ChaChaPoly.SealedBox(nonce: nonce, ciphertext: ciphertext, tag: tag),
        let plaintext = try? ChaChaPoly.open(box, using: key, authenticating: data)
      else { return nil }
      return Array(plaintext)
    case .aesCCM:
      return openCCM(ciphertext, tag: tag, nonce: nonce, authenticating: data)
    }
  }

  /// CCM, RFC 3610 with a length field of 3 bytes (RFC 6655 §3): counter mode, and a CBC-MAC over everything.
  private func openCCM(
    _ ciphertext: ArraySlice<UInt8>, tag: ArraySlice<UInt8>, nonce: [UInt8], authenticating data: [UInt8]
  ) -> [UInt8]? {
    guard ciphertext.count < 1 << 24, data.count < 0xff00 else { return nil }
    // Counter block 0 masks the tag, block 1 and onward the text.
    let zeros = [UInt8](repeating: 0, count: 16)
    guard let counter = try? AES._CTR.Nonce(nonceBytes: [2] + nonce + [0, 0, 0]),
      let stream = try? AES._CTR.decrypt(zeros + ciphertext, using: key, nonce: counter),
      let initial = try? AES._CBC.IV(ivBytes: zeros)
    else { return nil }
    let unmasked = Array(stream)
    let plaintext = Array(unmasked.dropFirst(16))
    let length = plaintext.count
    var blocks =
      [UInt8(data.isEmpty ? 0 : 0x40) | UInt8((tag.count - 2) / 2) << 3 | 2] + nonce
      + [UInt8(length >> 16), UInt8(length >> 8 & 0xff), UInt8(length & 0xff)]
    func pad() { blocks += [UInt8](repeating: 0, count: (16 - blocks.count % 16) % 16) }
    if !data.isEmpty { blocks += [UInt8(data.count >> 8), UInt8(data.count & 0xff)] + data }
    pad()
    blocks += plaintext
    pad()
    guard let chained = try? AES._CBC.encrypt(blocks, using: key, iv: initial, noPadding: true) else { return nil }
    let expected = zip(chained.suffix(16), unmasked).map { $0 ^ $1 }
    return tag.elementsEqual(expected.prefix(tag.count)) ? plaintext : nil
  }
}
