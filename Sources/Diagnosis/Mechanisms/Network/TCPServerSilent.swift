import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpServerSilent = Mechanism(
    MechanismID(.tcpServerSilent),
    CauseDescription(
      "Server never answers the ClientHello",
      "The server's host took the ClientHello but the program behind it sent nothing until the client gave up: it "
        + "hangs, is overloaded, or waits for something other than TLS.",
      evidence: "ClientHello acknowledged, no payload back, then the client's FIN or RST"),
    stage: .tcp,
    event: { inquiry in
      // Where it had begun to answer, the sharper mechanism speaks.
      guard StalledAnswer(inquiry) == nil, let connection = inquiry.connection, let ending = inquiry.ending,
        let hello = connection.transcript.clientHellos.last, connection.serverIsSilentToHello,
        connection.network.client.unacknowledgedBytes == 0, inquiry.working?.speaksPlaintextOnly != true,
        !connection.network.isOneSided, !connection.network.isStartMissing
      else { return nil }
      let waited = connection.waited(since: hello.time)
      guard ending.ender != .server else { return nil }
      // Who ends it: the client in despair, or the capture.
      let gaveUp = ending.ender == .client
      guard gaveUp || waited >= 2 else { return nil }
      let nothing = connection.preludeToHello.map { "of TLS came back, though \($0)" } ?? "came back"
      return Claim(
        // Who leaves within a round trip has not waited for anything.
        waited >= Patience.answer ? .proof : waited >= 0.05 ? .usual : .hint,
        "The server took the ClientHello and answered nothing for \(Seconds.text(waited))",
        [
          inquiry.observed(
            .ending, [hello.frame] + (connection.network.client.dataAcknowledged.map { [$0.frame] } ?? []),
            "ClientHello sent and acknowledged; not one byte \(nothing)"),
          inquiry.observed(
            .ending, [ending.frame ?? connection.lastFrame],
            gaveUp
              ? "the client gave up after \(Seconds.text(waited))" : "the last packet seen; the server is still silent"),
        ])
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check that the port is a TLS port: a plaintext service may wait for a command")]
      ],
      server: [
        .any: [.init("See whether the service hangs, waits for a backend, or is out of workers")]
      ], steps: [.init("See whether the server answers any TLS hello", "curl -kv --max-time 10 {url}")],
      confirm: { TransportConfirmation.connect($0) },
      remedies: { inquiry in
        // That the port speaks TLS the working client has shown.
        guard inquiry.servesWorkingClient else { return nil }
        return [
          Remedy(
            for: "server",
            "See why the service takes connections and does not serve them: it hangs, is out of workers, is at its connection "
              + "limit (maxconn), or waits for a backend")
        ]
      }))
}
