import HandshakeModel
import TLSProtocol

extension Rule {
  /// The handshake completed without the client certificate that the working client sends: servers may ask for one
  /// without insisting, and refuse above TLS (nginx answers "400 No required SSL certificate was sent"). Packets do not
  /// show which it was, nor does who closes first: a client that is told so may leave before the server does.
  static let servedWithoutCertificate = Rule(.certClientRequired) { inquiry in
    guard let connection = inquiry.connection, connection.outcome == .established, let working = inquiry.working,
      working.outcome == .established, inquiry.reachesSameServer, let lack = connection.clientCertificateAnswer,
      !lack.hasCertificate, let answer = working.clientCertificateAnswer, answer.hasCertificate
    else { return [] }
    return [
      Finding(
        .certClientRequired, 44,
        "The client has no certificate to show, and the working client has one: the server may refuse that above TLS",
        evidence: [
          inquiry.evidence(lack.frames, "the server asks for a client certificate, and the client has none to send"),
          inquiry.workingEvidence(answer.frames, "the working client sends a certificate"),
        ])
    ]
  }
}

extension Connection {
  /// What the client answered when it was asked for a certificate, and where; nil where it was not asked, or nothing
  /// tells.
  var clientCertificateAnswer: (hasCertificate: Bool, frames: [Int])? {
    if let sent = transcript.clientCertificates { return (!sent.value.isEmpty, [sent.frame]) }
    guard isTLS13, transcript.decryption != .succeeded else { return nil }
    let flight = ClientFlight(self, before: .max)
    if flight.hasEmptyCertificate { return (false, flight.frames) }
    return flight.hasCertificate ? (true, flight.frames) : nil
  }
}
