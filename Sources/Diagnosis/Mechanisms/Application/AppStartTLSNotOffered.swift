import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appStartTLSNotOffered = Mechanism(
    MechanismID(.appStartTLS, "not-offered"),
    CauseDescription(
      "Plaintext session never comes to TLS",
      "Both sides spoke the protocol in plaintext and parted before TLS, where another session went over to it.",
      evidence: "a greeting and plaintext, then a close; the working session has a ClientHello behind its plaintext"),
    stage: .firstBytes,
    event: { inquiry in
      guard let connection = inquiry.connection, !connection.transcript.isTLS, connection.isClosed,
        inquiry.refusedUpgrade == nil,
        let banner = connection.transcript.plaintext.first(where: { $0.sender == .server && $0.kind.upgradesByCommand }
        ),
        let word = connection.transcript.plaintext.last(where: { $0.sender == .client }),
        let working = inquiry.working, (working.transcript.clientTLSOffset ?? 0) > 0
      else { return nil }
      return Claim(
        .strong,
        "The \(banner.kind.rawValue) session never comes to TLS: the server does not offer the upgrade, or the client does not take it",
        inquiry.untilTheEnd([
          inquiry.observed(.serverPlaintext, [banner.frame], "the server greets with \"\(banner.excerpt)\""),
          inquiry.observed(
            .clientPlaintext, [word.frame], "the client's last words in plaintext are \"\(word.excerpt)\""),
          inquiry.observedWorking(
            .clientHello, working.transcript.clientHellos.prefix(1).map(\.frame),
            "the working session goes over to TLS"),
        ]),
        told: "The \(banner.kind.rawValue) session never comes to TLS: its sides part in plaintext, without the upgrade"
      )
    },
    advice: Advice(
      mends: .client,
      client: [
        .any: [.init("Demand TLS in the client's settings, so that it asks for the upgrade or says what is missing")]
      ],
      server: [.any: [.init("Offer the upgrade on this port: the server needs a certificate and key for it")]],
      steps: [.init("Read the server's log for that second")],
      confirm: { it in
        it.spoken?.startTLSName.map {
          ConfirmationPlan(
            ApplicationConfirmation.upgraded($0, it, "fails if the server does not offer it"), nil)
        }
      }))
}
