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
    if let before = inquiry.acceptedBefore, before.isLikeClient(of: connection) {
      observations.append(
        inquiry.observed(
          .acceptedBefore, before.serverHello.map { [$0.frame] } ?? [],
          "the same client completed connection \(before.index) to this server before, and so accepted its certificate there: "
            + "several instances may answer at this port, each with another certificate"))
    }
    self.observations = observations
  }
}

extension Connection {
  /// Both hellos are of one shape, apart from a session that one of them offers: the clients are one program.
  fileprivate func isLikeClient(of other: Connection) -> Bool {
    guard let own = transcript.clientHellos.last?.value, let others = other.transcript.clientHellos.last?.value else {
      return false
    }
    return own.cipherSuites == others.cipherSuites && own.supportedGroups == others.supportedGroups
      && own.signatureSchemes == others.signatureSchemes && own.serverName == others.serverName
  }
}
