import HandshakeModel
import TLSProtocol

/// The client turned away from a certificate that nobody else can see, as TLS 1.3 encrypts it: its alert, where it can
/// be read, says what kind of fault it found.
struct HiddenCertificate {
  let refusal: Refusal
  let isQUIC: Bool
  /// The client's last word, the server's flight, and that the working client accepted it.
  let observations: [Observation]

  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, connection.transcript.serverCertificates == nil,
      let refusal = Refusal(inquiry), let answer = connection.serverHello,
      connection.isTLS13 || refusal.alert?.concernsCertificate == true
    else { return nil }
    self.refusal = refusal
    isQUIC = connection.quic != nil
    var observations = [
      refusal.ending,
      inquiry.observed(
        .serverFlight, [answer.frame], "ServerHello, then the server's encrypted flight: the certificate is in there"),
    ]
    if let working = inquiry.working, working.outcome == .established {
      observations.append(
        inquiry.observedWorking(
          .serverFlight, inquiry.workingServerHelloFrames,
          "the working client accepted the server's flight and finished"))
    }
    self.observations = observations
  }
}
