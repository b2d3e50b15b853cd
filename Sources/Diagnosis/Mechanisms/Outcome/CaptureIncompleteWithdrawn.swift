import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let captureIncompleteWithdrawn = Mechanism(
    MechanismID(.captureIncomplete, "withdrawn"),
    CauseDescription(
      "A spare connection that was not used",
      "The client opened the connection and had no use for it: it never sent a byte, or closed it right behind its ClientHello, "
        + "before the answer had reached it. Browsers open several connections and withdraw those that they do not need. "
        + "Nothing shows a fault, nor that there is none.",
      evidence: "a close from the client that does not acknowledge the server's answer, or no byte from either side"),
    stage: nil,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.isWithdrawn, let close = connection.firstClose else {
        return nil
      }
      let closing = inquiry.observed(.ending, [close.frame], "the \(close.sender.rawValue) closes the connection")
      guard let hello = connection.transcript.clientHellos.last, let frame = connection.unreceivedAnswer else {
        return unused(connection, close, closing, inquiry)
      }
      return Claim(
        .strong,
        "The client withdrew the connection \(Seconds.text(close.time.seconds(since: hello.time))) after its ClientHello, "
          + "before all of the answer had reached it; nothing shows that anything displeased it",
        [
          inquiry.observed(.clientHello, [hello.frame], "the ClientHello"),
          inquiry.observed(
            .ending, [close.frame, frame].sorted(),
            "the client closes the connection, and does not acknowledge what the server sent from frame \(frame) on"),
        ])
    },
    advice: Advice(
      steps: [
        .init("Look at the client's other connections to {endpoint}: those that it used tell whether TLS works there")
      ]))

  private static func unused(
    _ connection: Connection, _ close: Close, _ closing: Observation, _ inquiry: Inquiry
  ) -> Claim {
    let opened = connection.network.established ?? connection.network.synAck
    let waited = opened.map { Seconds.text(close.time.seconds(since: $0.time)) }
    let after = waited.map { " after \($0)" } ?? ""
    return Claim(
      // Beside a client that did use it, that nothing was sent is a finding.
      inquiry.working == nil ? .strong : .hint,
      close.sender == .client
        ? "The client withdrew the connection\(after): neither side had sent a byte"
        : "Nobody used the connection: the client sent nothing, and the server closed it\(after)",
      [
        inquiry.observed(
          .attempt, connection.network.acceptanceFrames, "TCP is connected; not one byte comes from either side"),
        closing,
      ])
  }
}
