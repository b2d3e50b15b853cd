import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certClientRequiredGivenUp = Mechanism(
    MechanismID(.certClientRequired, "given-up"),
    CauseDescription(
      "Client gave up when asked for a certificate",
      "The server asks for a client certificate, and the client itself ends the handshake instead of answering.",
      evidence: "a CertificateRequest, no Certificate message in answer, and an alert or close from the client"),
    stage: .keyExchange,
    event: { inquiry in
      guard let connection = inquiry.connection, let ending = inquiry.ending, connection.serverHello != nil,
        ending.ender == .client, ending.alert == nil || ending.alert?.concernsCertificate == false,
        let request = connection.transcript.certificateRequest, connection.transcript.clientCertificates == nil,
        ending.alert != .certificateRequired,
        ending.alert != .handshakeFailure || !inquiry.objectsToParameters, let frame = ending.frame
      else { return nil }
      return Claim(
        .hint, "The server asks for a client certificate, and the client gives up",
        [
          inquiry.observed(.certificateRequest, [request.frame], "the server sends a CertificateRequest"),
          inquiry.observed(.ending, [frame], "the client gives up"),
        ])
    })
}
