import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequiredEmpty = Mechanism(
    MechanismID(.certClientRequired, "empty"),
    CauseDescription(
      "Client has no certificate to send",
      "The server asks for a client certificate, the client answers that it has none that fits, and the server goes no "
        + "further.",
      evidence: "an empty Certificate message from the client; then an alert or close from the server"),
    stage: .keyExchange,
    binds: [.client, .server],
    state: { story in
      guard story.connection?.transcript.clientCertificates?.value.isEmpty == true else { return nil }
      return State("", story.certificateRequest)
    },
    reaction: { state, inquiry in
      guard let refused = RefusedClientCertificate(inquiry) else { return nil }
      return Claim(
        refused.alert == .decryptError || refused.alert == .badRecordMAC ? .usual : .proof,
        "The server requires a client certificate, and the client has none that fits",
        state.observations + [refused.ending] + inquiry.failingStory.acceptedAuthorities)
    })
}
