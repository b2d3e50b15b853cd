import TLSProtocol

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
