import HandshakeModel
import TLSProtocol

extension Rule {
  /// The server refused the hello without naming the reason: a handshake_failure or its like, or a close in place of an
  /// answer. The offers tell, by what the server is known to accept.
  static let refusedHello = Rule(.tlsVersion, .tlsCipherSuite, .tlsGroup, .tlsSignatureScheme) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, ending.ender == .server,
      ending.phase == .clientHello, let frame = ending.frame
    else { return [] }
    let word: String
    var shift = 0
    if let alert = ending.alert {
      guard alert.saysNothingInCommon else { return [] }
      word = "server alert \(alert.name) (\(alert.rawValue)) in answer to the ClientHello"
    } else {
      // A close without a word is how a dead forwarder behaves as well: only a lone, strong suspect counts.
      guard inquiry.working != nil, inquiry.reachesSameServer, connection.serverIsSilent else {
        return []
      }
      word = "the server closes in answer to the ClientHello"
      shift = -12
    }
    if connection.helloRetryRequest != nil { return [] }
    return inquiry.suspicions().map { suspicion in
      Finding(
        suspicion.code, min(suspicion.strength + shift, 94), suspicion.title,
        evidence: [inquiry.evidence([frame], word)] + suspicion.evidence)
    }
  }

  /// insufficient_security (71): the server knows the suites offered and finds them too weak (RFC 8446 §6.2).
  static let insufficientSecurity = Rule(.tlsCipherSuite, .tlsGroup) { inquiry in
    guard let ending = inquiry.ending, ending.alert == .insufficientSecurity, let frame = ending.frame,
      let hello = inquiry.hello
    else { return [] }
    let offer = Offer(hello: hello)
    guard ending.ender == .server else {
      return [
        Finding(
          .tlsGroup, 66, "The client finds the server's key exchange too weak",
          evidence: [inquiry.evidence([frame], "client alert insufficient_security (71) after the server's flight")])
      ]
    }
    return [
      Finding(
        .tlsCipherSuite, 64, "The server finds the client's offer too weak: \(Escaped.list(offer.suites, limit: 4))",
        evidence: [
          inquiry.evidence([frame], "server alert insufficient_security (71)"),
          inquiry.evidence(inquiry.helloFrames, "the ClientHello offers \(Escaped.list(offer.suites))"),
        ])
    ]
  }
}

extension AlertDescription {
  /// The alerts with which stacks say that nothing in the offer suits them.
  var saysNothingInCommon: Bool {
    [.handshakeFailure, .insufficientSecurity, .illegalParameter, .unexpectedMessage].contains(self)
  }
}
