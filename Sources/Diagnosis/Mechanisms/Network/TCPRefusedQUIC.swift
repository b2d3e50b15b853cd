import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpRefusedQUIC = Mechanism(
    MechanismID(.tcpRefused, "quic"),
    CauseDescription(
      "QUIC connection refused",
      "The QUIC server is there and takes no new connection now: it is overloaded, at a limit, or closing down.",
      evidence: "CONNECTION_CLOSE with CONNECTION_REFUSED (0x02) from the server"),
    stage: .tcp,
    event: { inquiry in
      guard let close = TransportClose(inquiry), close.code == 0x02, close.ender == .server else { return nil }
      return Claim(
        .proof, "\(close.connection.server) refuses new QUIC connections (CONNECTION_REFUSED)", [close.observation])
    },
    advice: Advice(
      mends: .server,
      client: [.any: [.init("Try again later, or over TCP: the QUIC server at {endpoint} turns new connections away")]],
      server: [
        .any: [.init("Find why it refuses new QUIC connections: a limit, overload, or a listener closing down")]
      ],
      steps: [.init("Read the server's log for that second")],
      confirm: { TransportConfirmation.connectOverUDP($0) }))
}
