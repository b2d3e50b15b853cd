import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appPlaintextServerAfterUpgrade = Mechanism(
    MechanismID(.appPlaintextServer, "after-upgrade"),
    CauseDescription(
      "Server goes on in plaintext",
      "The plaintext part of the protocol was answered, and the ClientHello behind it was answered in plaintext too.",
      evidence: "plaintext both ways, a ClientHello, then more text of the protocol"),
    stage: .firstBytes,
    event: { inquiry in
      guard let connection = inquiry.connection, let answer = PlaintextAnswer(connection), let prelude = answer.prelude,
        ProxyAnswer(connection) == nil
      else { return nil }
      return plaintextBehind(
        prelude, answer, "\(connection.server) answers the ClientHello with \(answer.note.kind.described)", inquiry)
    },
    advice: Advice(
      mends: .server,
      client: [.any: [.init("Use the protocol's port for TLS from the first byte, if the server has one")]],
      server: [.any: [.init("See in the server's log why it does not begin TLS behind the upgrade")]],
      steps: [.init("Read the server's log for that second")],
      confirm: { it in
        it.spoken?.startTLSName.map {
          ConfirmationPlan(ApplicationConfirmation.upgraded($0, it, "should fail as the client did"), nil)
        }
      }))
}
