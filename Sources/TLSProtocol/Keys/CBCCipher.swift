internal import Crypto
internal import CryptoExtras

/// AES-CBC or no cipher with an HMAC, as TLS 1.0 to 1.2 use them (RFC 5246 §6.2.3.1 and §6.2.3.2, RFC 7366).
struct CBCCipher {
  /// Empty for suites that only authenticate.
  let key: [UInt8]
  let macKey: [UInt8]
  let macHash: CipherSuite.HashFunction
  let encryptThenMAC: Bool
  /// TLS 1.0 has no IV in the record: the last block of the record before serves. Nil from TLS 1.1 on.
  var chainedIV: [UInt8]?

  mutating func open(_ fragment: [UInt8], _ header: RecordCipher.Header) -> [UInt8]? {
    let macLength = macHash.outputLength
    guard !key.isEmpty else {
      guard fragment.count >= macLength else { return nil }
      return verified(fragment.dropLast(macLength), tag: fragment.suffix(macLength), header)
    }
    let isMACOutside = encryptThenMAC
    let sealed = isMACOutside ? fragment.dropLast(macLength) : fragment[...]
    let iv = chainedIV ?? Array(sealed.prefix(16))
    let ciphertext = chainedIV == nil ? sealed.dropFirst(16) : sealed
    guard iv.count == 16, !ciphertext.isEmpty, ciphertext.count % 16 == 0 else { return nil }
    if isMACOutside {
      guard fragment.count >= macLength, verified(sealed, tag: fragment.suffix(macLength), header) != nil else {
        return nil
      }
    }
    guard let initial = try? AES._CBC.IV(ivBytes: iv),
      let decrypted = try? AES._CBC.decrypt(ciphertext, using: SymmetricKey(data: key), iv: initial, noPadding: true)
    else { return nil }
    let padded = Array(decrypted)
    // The last byte counts the padding in front of it, each byte of which repeats that count.
    guard let count = padded.last.map({ Int($0) + 1 }), count <= padded.count,
      padded.suffix(count).allSatisfy({ $0 == padded[padded.count - 1] })
    else { return nil }
    let content = padded.dropLast(count)
    let plaintext: [UInt8]?
    if isMACOutside {
      plaintext = Array(content)
    } else {
      guard content.count >= macLength else { return nil }
      plaintext = verified(content.dropLast(macLength), tag: content.suffix(macLength), header)
    }
    if plaintext != nil, chainedIV != nil { chainedIV = Array(ciphertext.suffix(16)) }
    return plaintext
  }

  private func verified(
    _ content: ArraySlice<UInt8>, tag: ArraySlice<UInt8>, _ header: RecordCipher.Header
  ) -> [UInt8]? {
    let message = header.pseudoHeader(length: content.count) + content
    guard let expected = KeyDerivation.hmac(macHash, key: macKey, message) else { return nil }
    return tag.elementsEqual(expected) ? Array(content) : nil
  }
}
