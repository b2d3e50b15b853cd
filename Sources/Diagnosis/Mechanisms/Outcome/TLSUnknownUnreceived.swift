import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let tlsUnknownUnreceived = Mechanism(
    MechanismID(.tlsUnknown, "unreceived"),
    CauseDescription(
      "Client left before the answer reached it",
      "The client closed the connection while the server's answer was still on its way: it gave up waiting, or did not need the "
        + "connection any more. What had not reached it, it did not judge.",
      evidence: "a FIN or RST from the client that does not acknowledge what the server sent"),
    stage: .finished,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.outcome == .failed, !connection.isWithdrawn,
        let frame = connection.unreceivedAnswer, let hello = connection.transcript.clientHellos.last,
        let close = connection.firstClose, inquiry.ending?.alert == nil
      else { return nil }
      let waited = Seconds.text(close.time.seconds(since: hello.time))
      return Claim(
        .usual,
        "The client gave up \(waited) after its ClientHello, before all of the server's answer had reached it",
        [
          inquiry.observed(.clientHello, [hello.frame], "the ClientHello"),
          inquiry.observed(
            .ending, [close.frame, frame].sorted(),
            "the client closes the connection, and does not acknowledge what the server sent from frame \(frame) on"),
        ])
    })
}
