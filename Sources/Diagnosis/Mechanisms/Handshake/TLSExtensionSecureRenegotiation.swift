import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionSecureRenegotiation = Mechanism(
    MechanismID(.tlsExtension, "secure-renegotiation"),
    CauseDescription(
      "The server does not know secure renegotiation",
      "The client insists on secure renegotiation (RFC 5746 §3.4), and the server's answer does not announce it.",
      evidence: "a ServerHello without renegotiation_info, then alert handshake_failure (40) from the client"),
    stage: .serverHello, binds: [.client, .server],
    state: \.missingRenegotiationInfo,
    reaction: { state, inquiry in
      guard inquiry.isEndedByClient, inquiry.ending?.alert == .handshakeFailure, let last = inquiry.endingObservation
      else { return nil }
      return Claim(
        86, "The server does not support secure renegotiation (RFC 5746), and the client insists on it",
        state.observations + [last])
    })
}

extension Story {
  /// A server before TLS 1.3 does not answer what the client announces of secure renegotiation.
  var missingRenegotiationInfo: State? {
    guard let connection, let answer = connection.serverHello, !connection.isTLS13, let hello,
      Offer(hello: hello.value).announcesSecureRenegotiation, !answer.value.has(.renegotiationInfo)
    else { return nil }
    return State("", [observed(.serverChoice, [answer.frame], "the ServerHello has no renegotiation_info")])
  }
}
