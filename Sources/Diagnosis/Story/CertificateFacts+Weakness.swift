import TLSProtocol

extension CertificateFacts {
  struct Weakness: Hashable, Sendable {
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
    if !ignoringSignature, let signatureHash, ["SHA1", "MD5", "MD4", "MD2"].contains(signatureHash) {
      let digest = signatureAlgorithm == "rsassaPss" ? " over \(signatureHash)" : ""
      return Weakness(text: "it is signed with \(signatureAlgorithm)\(digest)", isBroken: true)
    }
    return nil
  }
}
