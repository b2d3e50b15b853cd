import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsResumptionServerFails = Mechanism(
    MechanismID(.tlsResumption, "server-fails"),
    CauseDescription(
      "Server fails when a client resumes",
      "A ticket that the server cannot read would only lead to a full handshake, and a proof that does not verify to "
        + "illegal_parameter or decrypt_error: the server itself fails when it resumes. With OpenSSL that is the sign of a session "
        + "id context that was never set, where client certificates are verified.",
      evidence: "pre_shared_key in the hello, then alert internal_error (80) from the server"),
    stage: .clientHello,
    event: { inquiry in
      guard let ending = inquiry.ending, ending.ender == .server, ending.alert == .internalError,
        ending.phase <= .serverFlight, let last = inquiry.endingObservation, let offer = inquiry.offeredKey,
        inquiry.workingHello?.preSharedKeyIdentities.isEmpty ?? true
      else { return nil }
      return Claim(
        .strong, "The server fails with an internal error when the client resumes a session; full handshakes work",
        [offer, last])
    },
    advice: Advice(
      mends: .server,
      client: [
        .opensslCommand: [
          .init(
            "As a stopgap resume no session (s_client: leave -sess_in out)",
            "openssl s_client -connect {endpoint} </dev/null")
        ],
        .any: [.init("As a stopgap switch the resumption of sessions off in the client")],
      ],
      server: [
        .any: [
          .init(
            "Set the session id context where client certificates are verified (OpenSSL: SSL_CTX_set_session_id_context, \"session "
              + "id context uninitialized\"), or switch the server's session tickets off")
        ]
      ],
      steps: [.init("Read the server's log for that second: the error is its own")],
      asksForLogs: true))
}
