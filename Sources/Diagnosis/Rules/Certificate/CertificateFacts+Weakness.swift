import TLSProtocol

extension CertificateFacts {
  struct Weakness {
    var text: String
    /// No stack that is kept up to date accepts it.
    var isBroken: Bool
  }

  /// What clients' policies refuse (OpenSSL's security level 2, JSSE's jdk.certpath.disabledAlgorithms, rustls-webpki).
  func weakness(ignoringSignature: Bool) -> Weakness? {
    if keyAlgorithm.hasPrefix("RSA") || keyAlgorithm == "DSA", let keyBits, keyBits < 2048 {
      return Weakness(text: "its \(keyAlgorithm) key has \(keyBits) bits", isBroken: keyBits < 1024)
    }
    if keyAlgorithm == "EC", let keyBits, keyBits < 224 {
      return Weakness(text: "its elliptic-curve key has \(keyBits) bits", isBroken: true)
    }
    let digest = signatureAlgorithm.lowercased()
    guard !ignoringSignature else { return nil }
    if digest.contains("md5") || digest.contains("md2") || digest.contains("md4") {
      return Weakness(text: "it is signed with \(signatureAlgorithm)", isBroken: true)
    }
    if digest.contains("sha1") || digest.contains("sha-1") || digest == "dsawithsha" {
      return Weakness(text: "it is signed with \(signatureAlgorithm)", isBroken: true)
    }
    return nil
  }
}
