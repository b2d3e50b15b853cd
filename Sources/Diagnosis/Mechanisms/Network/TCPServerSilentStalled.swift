import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpServerSilentStalled = Mechanism(
    MechanismID(.tcpServerSilent, "stalled"),
    CauseDescription(
      "Server began to answer, then fell silent",
      "The server sent the beginning of its answer to the ClientHello and nothing more, until the client gave up.",
      evidence: "a ServerHello or a part of the server's flight, a pause, then the client's FIN or RST without an alert"
    ),
    stage: .tcp,
    event: { inquiry in
      guard let stalled = StalledAnswer(inquiry) else { return nil }
      let waited = Seconds.text(stalled.waited)
      return Claim(
        .strong, "The server began to answer and then fell silent; the client gave up after \(waited)",
        [
          inquiry.observed(.silence, [stalled.lastFrame], "the server's last bytes: its handshake is not complete"),
          inquiry.observed(.ending, [stalled.closeFrame], "the client closes \(waited) later, without an alert"),
        ])
    })
}
