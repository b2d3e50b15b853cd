import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequiredOptional = Mechanism(
    MechanismID(.certClientRequired, "optional"),
    CauseDescription(
      "Served without a client certificate",
      "The handshake completed without the client certificate that the working client sends: servers may ask for one "
        + "without insisting, and refuse above TLS (nginx answers \"400 No required SSL certificate was sent\"). Packets "
        + "do not show which it was, nor does who closes first: a client that is told so may leave before the server does.",
      evidence: "an empty Certificate from the client, and one from the working client; a handshake that completes"),
    stage: .keyExchange,
    binds: [.client, .server],
    state: { story in
      guard let answer = story.connection?.clientCertificateAnswer, !answer.hasCertificate else { return nil }
      return State(
        "",
        [
          story.observed(
            .clientCertificate, answer.frames,
            "the server asks for a client certificate, and the client has none to send")
        ])
    },
    reaction: { state, inquiry in
      guard inquiry.connection?.outcome == .established, let working = inquiry.working,
        working.outcome == .established, inquiry.reachesSameServer, let answer = working.clientCertificateAnswer,
        answer.hasCertificate
      else { return nil }
      return Claim(
        .hint,
        "The client has no certificate to show, and the working client has one: the server may refuse that above TLS",
        state.observations + [
          inquiry.observedWorking(.clientCertificate, answer.frames, "the working client sends a certificate")
        ])
    })
}
