extension ServerKeyExchange {
  /// Checks the server's signature over both randoms and the key exchange parameters (RFC 5246 §7.4.3, RFC 8422 §5.4).
  ///
  /// A failure proves that the parameters, a random or the certificate was changed on the way, or that the server signs
  /// with another key than its certificate's. Before TLS 1.2 no scheme is named: the key's kind decides.
  public func checkSignature(
    clientRandom: [UInt8], serverRandom: [UInt8], leaf: CertificateFacts
  ) -> SignatureCheck {
    // Each connection has a signature of its own: with a key that takes milliseconds none of them is looked at.
    guard signatureAllowance != .none, !signature.isEmpty, !parameters.isEmpty, !leaf.hasExpensiveKey else {
      return .unsupported
    }
    let message = clientRandom + serverRandom + parameters
    let method: SignatureMethod?
    if let signatureScheme {
      method = SignatureMethod(signatureScheme)
    } else {
      method = leaf.keyAlgorithm == "EC" ? .ecdsa(.sha1) : leaf.keyAlgorithm == "RSA" ? .rsaMD5SHA1 : nil
    }
    guard let method else { return .unsupported }
    return SignatureCheck.check(signature, over: message, method: method, key: leaf.subjectPublicKeyInfo)
  }
}
