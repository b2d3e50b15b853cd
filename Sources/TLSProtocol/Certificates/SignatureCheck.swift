internal import Bytes
internal import Crypto
internal import CryptoExtras

/// What checking a signature showed.
public enum SignatureCheck: String, Hashable, Sendable {
  case verified
  /// The signature does not belong to these bytes and this key: one of the three was changed or mixed up.
  case failed
  /// Nothing is known: the algorithm, the curve or the size of the key is beyond this program.
  case unsupported
}

/// How a signature was made: algorithm and digest.
enum SignatureMethod: Hashable {
  enum Hash: String { case md5 = "MD5", sha1 = "SHA1", sha256 = "SHA256", sha384 = "SHA384", sha512 = "SHA512" }

  case rsaPKCS1(Hash)
  /// MD5 and SHA-1 side by side, without saying so: TLS 1.1 and earlier (RFC 2246 §4.7).
  case rsaMD5SHA1
  /// MGF1 with the same digest, the salt as long as it: TLS's and everyone's choice.
  case rsaPSS(Hash)
  case ecdsa(Hash)
  case ed25519
  case mlDSA65
  case mlDSA87

  /// TLS 1.2's and 1.3's schemes, RFC 8446 §4.2.3; nil for those beyond this program.
  init?(_ scheme: SignatureScheme) {
    switch scheme.rawValue {
    case 0x0201: self = .rsaPKCS1(.sha1)
    case 0x0401: self = .rsaPKCS1(.sha256)
    case 0x0501: self = .rsaPKCS1(.sha384)
    case 0x0601: self = .rsaPKCS1(.sha512)
    case 0x0203: self = .ecdsa(.sha1)
    case 0x0403: self = .ecdsa(.sha256)
    case 0x0503: self = .ecdsa(.sha384)
    case 0x0603: self = .ecdsa(.sha512)
    case 0x0804, 0x0809: self = .rsaPSS(.sha256)
    case 0x0805, 0x080a: self = .rsaPSS(.sha384)
    case 0x0806, 0x080b: self = .rsaPSS(.sha512)
    case 0x0807: self = .ed25519
    case 0x0905: self = .mlDSA65
    case 0x0906: self = .mlDSA87
    default: return nil
    }
  }

  /// A certificate's or OCSP response's algorithm, by the name and digest that `CertificateFacts` gives it.
  init?(signatureAlgorithm: String, hash: String?) {
    let digest = hash.flatMap(Hash.init(rawValue:))
    switch (signatureAlgorithm, digest) {
    case ("ED25519", _): self = .ed25519
    case ("ML-DSA-65", _): self = .mlDSA65
    case ("ML-DSA-87", _): self = .mlDSA87
    case ("rsassaPss", let digest?) where digest != .md5: self = .rsaPSS(digest)
    case (let name, let digest?) where name.hasPrefix("ecdsa-with-SHA"): self = .ecdsa(digest)
    case (let name, let digest?) where name.hasSuffix("WithRSAEncryption") || name == "sha1WithRSA":
      self = .rsaPKCS1(digest)
    default: return nil
    }
  }
}

extension SignatureMethod.Hash {
  /// The digest as PKCS #1 v1.5 signs it: with its name in front (RFC 8017 §9.2).
  func digestInfo(of message: [UInt8]) -> [UInt8] {
    func info(_ identifier: [UInt8], _ digest: some Sequence<UInt8>) -> [UInt8] {
      let digest = Array(digest)
      let algorithm = [0x06, UInt8(identifier.count)] + identifier + [0x05, 0x00]
      let body = [0x30, UInt8(algorithm.count)] + algorithm + [0x04, UInt8(digest.count)] + digest
      return [0x30, UInt8(body.count)] + body
    }
    let sha2: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02]
    return switch self {
    case .md5: info([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05], Insecure.MD5.hash(data: message))
    case .sha1: info([0x2b, 0x0e, 0x03, 0x02, 0x1a], Insecure.SHA1.hash(data: message))
    case .sha256: info(sha2 + [1], SHA256.hash(data: message))
    case .sha384: info(sha2 + [2], SHA384.hash(data: message))
    case .sha512: info(sha2 + [3], SHA512.hash(data: message))
    }
  }
}

extension SignatureCheck {
  /// Checks a signature over `message` with the key of a SubjectPublicKeyInfo.
  static func check(
    _ signature: [UInt8], over message: [UInt8], method: SignatureMethod, key: [UInt8]
  ) -> SignatureCheck {
    guard let key = PublicKey(subjectPublicKeyInfo: key) else { return .unsupported }
    switch method {
    case .rsaPKCS1(let hash):
      // The crypto library knows neither MD5 signatures nor keys this small.
      let isWeak = hash == .md5 || (RSAPublicKey(der: key.bits)?.byteCount ?? 128) < 128
      if isWeak { return weakRSA(signature, content: hash.digestInfo(of: message), key) }
      return rsa(signature, message, hash, .insecurePKCS1v1_5, key)
    case .rsaMD5SHA1:
      let content = Array(Insecure.MD5.hash(data: message)) + Array(Insecure.SHA1.hash(data: message))
      return weakRSA(signature, content: content, key)
    case .rsaPSS(let hash):
      return rsa(signature, message, hash, .PSS, key)
    case .ecdsa(let hash):
      guard key.algorithm == "EC" else { return key.isForeign }
      switch hash {
      case .md5: return .unsupported
      case .sha1: return ecdsa(signature, Insecure.SHA1.hash(data: message), key)
      case .sha256: return ecdsa(signature, SHA256.hash(data: message), key)
      case .sha384: return ecdsa(signature, SHA384.hash(data: message), key)
      case .sha512: return ecdsa(signature, SHA512.hash(data: message), key)
      }
    case .ed25519:
      guard key.algorithm == "Ed25519" else { return key.isForeign }
      return outcome {
        try Curve25519.Signing.PublicKey(rawRepresentation: key.bits)
      } isValid: {
        $0.isValidSignature(signature, for: message)
      }
    case .mlDSA65:
      guard key.algorithm == "ML-DSA-65" else { return key.isForeign }
      return outcome {
        try MLDSA65.PublicKey(rawRepresentation: key.bits)
      } isValid: {
        $0.isValidSignature(signature, for: message)
      }
    case .mlDSA87:
      guard key.algorithm == "ML-DSA-87" else { return key.isForeign }
      return outcome {
        try MLDSA87.PublicKey(rawRepresentation: key.bits)
      } isValid: {
        $0.isValidSignature(signature, for: message)
      }
    }
  }

  private static func outcome<Key>(_ make: () throws -> Key, isValid: (Key) -> Bool) -> SignatureCheck {
    guard let key = try? make() else { return .unsupported }
    return isValid(key) ? .verified : .failed
  }

  private static func weakRSA(_ signature: [UInt8], content: [UInt8], _ key: PublicKey) -> SignatureCheck {
    guard key.algorithm.hasPrefix("RSA") else { return key.isForeign }
    guard let key = RSAPublicKey(der: key.bits) else { return .unsupported }
    return key.verifies(signature, content: content) ? .verified : .failed
  }

  private static func rsa(
    _ signature: [UInt8], _ message: [UInt8], _ hash: SignatureMethod.Hash, _ padding: _RSA.Signing.Padding,
    _ key: PublicKey
  ) -> SignatureCheck {
    guard key.algorithm.hasPrefix("RSA") else { return key.isForeign }
    let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
    return outcome {
      let key = try _RSA.Signing.PublicKey(unsafeDERRepresentation: key.bits)
      // BoringSSL takes larger keys in and then finds every signature of theirs wrong.
      guard key.keySizeInBits <= 8192 else { throw ParseError(.invalid("key too large"), at: 0) }
      return key
    } isValid: { (key: _RSA.Signing.PublicKey) in
      switch hash {
      case .md5: false
      case .sha1: key.isValidSignature(signature, for: Insecure.SHA1.hash(data: message), padding: padding)
      case .sha256: key.isValidSignature(signature, for: SHA256.hash(data: message), padding: padding)
      case .sha384: key.isValidSignature(signature, for: SHA384.hash(data: message), padding: padding)
      case .sha512: key.isValidSignature(signature, for: SHA512.hash(data: message), padding: padding)
      }
    }
  }

  private static func ecdsa(_ signature: [UInt8], _ digest: some Digest, _ key: PublicKey) -> SignatureCheck {
    switch key.curve {
    case "prime256v1":
      return outcome {
        try P256.Signing.PublicKey(x963Representation: key.bits)
      } isValid: { key in
        (try? P256.Signing.ECDSASignature(derRepresentation: signature)).map { key.isValidSignature($0, for: digest) }
          ?? false
      }
    case "secp384r1":
      return outcome {
        try P384.Signing.PublicKey(x963Representation: key.bits)
      } isValid: { key in
        (try? P384.Signing.ECDSASignature(derRepresentation: signature)).map { key.isValidSignature($0, for: digest) }
          ?? false
      }
    case "secp521r1":
      return outcome {
        try P521.Signing.PublicKey(x963Representation: key.bits)
      } isValid: { key in
        (try? P521.Signing.ECDSASignature(derRepresentation: signature)).map { key.isValidSignature($0, for: digest) }
          ?? false
      }
    default: return .unsupported
    }
  }
}

/// A SubjectPublicKeyInfo taken apart for use.
private struct PublicKey {
  var algorithm = ""
  var curve: String?
  /// The content of subjectPublicKey.
  var bits: [UInt8] = []

  init?(subjectPublicKeyInfo: [UInt8]) {
    let span = subjectPublicKeyInfo.span
    do {
      var reader = DERReader(span)
      let information = try reader.next(.sequence, "subjectPublicKeyInfo")
      var fields = reader.inside(information)
      let algorithm = try fields.next(.sequence, "algorithm")
      var identifier = fields.inside(algorithm)
      let type = try identifier.next(.objectIdentifier, "algorithm")
      self.algorithm = OIDNames.keyAlgorithms[OID(content: identifier.content(type))]?.name ?? ""
      if let curve = try identifier.nextIf(.objectIdentifier) {
        self.curve = OIDNames.curves[OID(content: identifier.content(curve))]?.name
      }
      let key = try fields.next(.bitString, "subjectPublicKey")
      bits = Array(fields.contentBytes(key).dropFirst())
    } catch {
      return nil
    }
  }

  /// The verdict where a signature is of another kind than this key could make: wrong, if the key's kind is known.
  var isForeign: SignatureCheck { algorithm.isEmpty ? .unsupported : .failed }
}
