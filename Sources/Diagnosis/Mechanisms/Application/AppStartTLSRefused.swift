import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appStartTLSRefused = Mechanism(
    MechanismID(.appStartTLS, "refused"),
    CauseDescription(
      "Server refuses to start TLS",
      "The client asked for TLS in the protocol's own words, and the server said no.",
      evidence: "STARTTLS or its like, then a negative reply such as 454, NO, BAD, -ERR or PostgreSQL's N"),
    stage: .firstBytes,
    event: { inquiry in
      guard let (request, reply) = inquiry.refusedUpgrade else { return nil }
      let spoken = inquiry.connection?.spokenProtocol
      let isPostgreSQL = spoken == .postgresql
      let asked = isPostgreSQL ? "PostgreSQL's SSLRequest" : "\"\(request.excerpt)\""
      var observations = [
        inquiry.observed(.upgradeRequest, [request.frame], "the client asks for TLS: \(asked)"),
        inquiry.observed(
          .serverPlaintext, [reply.frame],
          "the server answers \"\(reply.excerpt)\"" + (isPostgreSQL ? ": it offers plaintext only" : "")),
      ]
      if let working = inquiry.working, working.speaksPlaintextOnly, let words = working.firstPlaintext(from: .server) {
        observations.append(
          inquiry.observedWorking(
            .serverPlaintext, [words.frame], "the working client goes on in plaintext, without TLS"))
      }
      if inquiry.connection?.wentOnUnencrypted == true {
        return Claim(
          .usual,
          "The PostgreSQL server has TLS switched off, and the client goes on without: the session works unencrypted",
          observations)
      }
      return Claim(
        .proof,
        "The \(spoken.map { "\($0.rawValue) " } ?? "")server refuses the client's request to start TLS"
          + (isPostgreSQL ? ": it has TLS switched off, and speaks plaintext only" : ""),
        inquiry.untilTheEnd(observations))
    },
    advice: Advice(
      mends: .server,
      client: [.any: [.init("Use the protocol's port for TLS from the first byte, if the server has one")]],
      server: [
        .any: [.init("Switch TLS on for this port: the server needs a certificate and key to grant the request")]
      ],
      steps: [.init("Read the server's log for that second")],
      confirm: { it in
        it.spoken?.startTLSName.map {
          ConfirmationPlan(
            ApplicationConfirmation.upgraded($0, it, "should fail as the client did"),
            it.spoken.flatMap { spoken in
              spoken.plainCommand(it.server).map { NextStep("Without TLS: passes, if the server lets it", command: $0) }
            })
        }
      },
      remedies: { inquiry in
        guard let spoken = inquiry.connection?.spokenProtocol, let setting = spoken.serverSetting,
          let settings = spoken.clientSettings
        else { return nil }
        return [Remedy(for: "server", setting), Remedy(for: "client", "Or go without TLS: \(settings.without)")]
      }))
}
