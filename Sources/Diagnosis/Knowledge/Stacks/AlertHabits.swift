import TLSProtocol

/// Which alert a client of one stack sends where it finds no authority that it trusts: stacks have alerts of their own for
/// trust, so that another alert from them speaks of something else.
extension StackFamily {
  /// Whether the alert may say that no trusted authority was found; nil where the stack's habit is not known.
  func saysOfTrust(_ alert: AlertDescription) -> Bool? {
    switch self {
    // ssl_x509err2alert in OpenSSL's statem_lib.c: what has no alert of its own becomes certificate_unknown.
    case .openSSL, .libreSSL: [.unknownCA, .badCertificate].contains(alert)
    // rustls, enum CertificateError: UnknownIssuer is unknown_ca, BadSignature decrypt_error, Other certificate_unknown.
    case .rustls: alert == .unknownCA
    // crypto/tls, verifyServerCertificate: bad_certificate, whatever the reason.
    case .go: [.badCertificate, .unknownCA].contains(alert)
    case .gnuTLS, .nss, .boringSSL: [.unknownCA, .badCertificate, .certificateUnknown].contains(alert)
    case .jsse, .bouncyCastle, .schannel, .apple, .mbedTLS, .wolfSSL, .tlslite: nil
    }
  }
}

extension Inquiry {
  /// The failing client's TLS implementation, as its log or its hello shows it; nil where neither does.
  var clientFamily: StackFamily? {
    if let family = logs.client?.stack?.family { return family }
    guard let guess = hello.flatMap(Stack.client), guess.confidence >= .likely else { return nil }
    return guess.stack.family
  }

  /// The client's alert in answer to the server's flight may be about whom it trusts.
  func maySpeakOfTrust(_ alert: AlertDescription?) -> Bool {
    guard let alert, alert != .unknownCA else { return true }
    if alert == .handshakeFailure || alert == .insufficientSecurity, objectsToParameters { return false }
    return clientFamily?.saysOfTrust(alert) ?? true
  }

  /// What the server chose, or sent in the clear, is reason enough for a handshake_failure.
  var objectsToParameters: Bool {
    failingStory.missingRenegotiationInfo != nil || failingStory.shortPrime != nil
  }
}
