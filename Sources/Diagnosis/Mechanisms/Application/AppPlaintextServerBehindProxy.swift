import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appPlaintextServerBehindProxy = Mechanism(
    MechanismID(.appPlaintextServer, "behind-proxy"),
    CauseDescription(
      "What the proxy connects to speaks no TLS",
      "The proxy granted the tunnel, and what it connected the client to answered the ClientHello in plaintext.",
      evidence: "a granted CONNECT or SOCKS request, a ClientHello, then text of another protocol"),
    stage: .firstBytes,
    event: { inquiry in
      guard let connection = inquiry.connection, let answer = PlaintextAnswer(connection), let prelude = answer.prelude,
        ProxyAnswer(connection) == .granted
      else { return nil }
      return plaintextBehind(
        prelude, answer,
        "What the proxy connected the client to does not speak TLS: it answers with \(answer.note.kind.described)",
        inquiry)
    },
    advice: Advice(
      mends: .client,
      client: [.any: [.init("Ask the proxy for the port on which the target speaks TLS, or use http://")]],
      server: [.any: [.init("Enable TLS on the port of the target that the proxy connects to")]],
      nextSteps: { $0.tunnelSteps }))
}
