import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequiredNotSent = Mechanism(
    MechanismID(.certClientRequired, "not-sent"),
    CauseDescription(
      "Request for a certificate left unanswered",
      "The server asks for a client certificate, no Certificate message comes from the client, and the server goes no "
        + "further.",
      evidence: "a CertificateRequest without a Certificate message in answer; then an alert or close from the server"),
    stage: .keyExchange,
    event: { inquiry in
      guard let refused = RefusedClientCertificate(inquiry), refused.sent == nil,
        !refused.lacksClientBytes
      else { return nil }
      return Claim(
        .strong, "The server asked for a client certificate, and none came",
        inquiry.failingStory.certificateRequest + [refused.ending])
    })
}
