internal import Crypto

/// HMAC, HKDF and TLS's older pseudorandom functions, over bytes.
enum KeyDerivation {
  /// HMAC, RFC 2104; nil for hashes that no suite supported here uses.
  static func hmac(_ hash: CipherSuite.HashFunction, key: [UInt8], _ message: [UInt8]) -> [UInt8]? {
    let key = SymmetricKey(data: key)
    return switch hash {
    case .md5: Array(HMAC<Insecure.MD5>.authenticationCode(for: message, using: key))
    case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
    case .sha256: Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    case .sha384: Array(HMAC<SHA384>.authenticationCode(for: message, using: key))
    case .sha512: Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
    default: nil
    }
  }

  /// HKDF-Extract, RFC 5869 §2.2.
  static func extract(_ hash: CipherSuite.HashFunction, salt: [UInt8], _ material: [UInt8]) -> [UInt8]? {
    hmac(hash, key: salt, material)
  }

  /// HKDF-Expand-Label, RFC 8446 §7.1. DTLS 1.3 has its own prefix (RFC 9147 §5.9).
  static func expandLabel(
    _ hash: CipherSuite.HashFunction, secret: [UInt8], _ label: String, context: [UInt8] = [], length: Int,
    prefix: String = "tls13 "
  ) -> [UInt8]? {
    let fullLabel = Array((prefix + label).utf8)
    guard fullLabel.count <= 255, context.count <= 255, length <= 255 * hash.outputLength else { return nil }
    let information =
      [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length), UInt8(fullLabel.count)] + fullLabel
      + [UInt8(context.count)] + context
    var output: [UInt8] = []
    var block: [UInt8] = []
    var counter: UInt8 = 0
    while output.count < length {
      counter &+= 1
      guard let next = hmac(hash, key: secret, block + information + [counter]) else { return nil }
      block = next
      output += block
    }
    return Array(output.prefix(length))
  }

  /// P_hash, RFC 5246 §5.
  static func expand(
    _ hash: CipherSuite.HashFunction, secret: [UInt8], seed: [UInt8], length: Int
  ) -> [UInt8]? {
    var output: [UInt8] = []
    var chain = seed
    while output.count < length {
      guard let next = hmac(hash, key: secret, chain), let block = hmac(hash, key: secret, next + seed) else {
        return nil
      }
      chain = next
      output += block
    }
    return Array(output.prefix(length))
  }

  /// PRF of TLS 1.2 (RFC 5246 §5) or, with MD5 and SHA-1 combined, of TLS 1.0 and 1.1 (RFC 2246 §5).
  static func prf(
    _ version: ProtocolVersion, _ hash: CipherSuite.HashFunction, secret: [UInt8], label: String, seed: [UInt8],
    length: Int
  ) -> [UInt8]? {
    let seed = Array(label.utf8) + seed
    if version.rawValue >= 0x0303 { return expand(hash, secret: secret, seed: seed, length: length) }
    // The halves of the secret share their middle byte where its length is odd.
    let half = (secret.count + 1) / 2
    guard let md5 = expand(.md5, secret: Array(secret.prefix(half)), seed: seed, length: length),
      let sha1 = expand(.sha1, secret: Array(secret.suffix(half)), seed: seed, length: length)
    else { return nil }
    return zip(md5, sha1).map { $0 ^ $1 }
  }
}
