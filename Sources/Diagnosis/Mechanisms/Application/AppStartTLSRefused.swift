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
      return Claim(
        92, "The server refuses the client's request to start TLS",
        inquiry.untilTheEnd([
          inquiry.observed(.upgradeRequest, [request.frame], "the client asks for TLS: \"\(request.excerpt)\""),
          inquiry.observed(.serverPlaintext, [reply.frame], "the server answers \"\(reply.excerpt)\""),
        ]))
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
          ConfirmationPlan(ApplicationConfirmation.upgraded($0, it, "should fail as the client did"), nil)
        }
      }))
}
