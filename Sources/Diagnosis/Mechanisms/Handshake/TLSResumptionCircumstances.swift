import HandshakeModel
import TLSProtocol

/// Sharper ways in which resumption breaks a handshake; what helps is the general mechanism's.
extension Mechanism {
  static let tlsResumptionUnknownIdentity = Mechanism(
    MechanismID(.tlsResumption, "unknown-identity"),
    CauseDescription(
      "Pre-shared key is not known to the server",
      "The server does not find the identity of the pre-shared key that the client offers.",
      evidence: "pre_shared_key in the hello, alert unknown_psk_identity (115)"),
    stage: .clientHello,
    event: { inquiry in
      guard let ending = inquiry.ending, ending.ender == .server, ending.alert == .unknownPSKIdentity,
        ending.phase <= .serverFlight, let last = inquiry.endingObservation, let offer = inquiry.offeredKey
      else { return nil }
      return Claim(.proof, "The server does not know the client's pre-shared key", [offer, last])
    })

  static let tlsResumptionResumedSession = Mechanism(
    MechanismID(.tlsResumption, "resumed-session"),
    CauseDescription(
      "Resumed session does not verify",
      "The server resumed a session of TLS 1.2 or earlier, and a Finished message then did not verify.",
      evidence: "a ServerHello, then ChangeCipherSpec at once and no certificate, then an alert or a close"),
    stage: .keyExchange,
    event: { inquiry in
      guard let connection = inquiry.connection, let ending = inquiry.ending, ending.frame != nil,
        // A client that finds the server's Finished wrong says so (RFC 5246 §7.2.2); one that just goes may have had enough.
        !(ending.ender == .client && ending.isSilentClose), let hello = inquiry.hello,
        hello.preSharedKeyIdentities.isEmpty, let answer = connection.serverHello, !connection.isTLS13,
        let change = connection.transcript.serverChangeCipherSpec, connection.transcript.serverCertificates == nil,
        !connection.transcript.messages.contains(where: { $0.type == .serverHelloDone })
      else { return nil }
      return Claim(
        .strong, "The resumed session does not verify: the two sides hold different keys for it",
        inquiry.untilTheEnd([
          inquiry.observed(
            .serverChoice, [answer.frame, change.frame],
            "the server resumes a session: no certificate, ChangeCipherSpec at once")
        ]))
    })

  static let tlsResumptionTicket = Mechanism(
    MechanismID(.tlsResumption, "ticket"),
    CauseDescription(
      "Session ticket breaks the handshake",
      "The server gives up on a hello with a session ticket (RFC 5077), instead of making a full handshake of it.",
      evidence: "a session ticket in the failing hello, none in the working one; an alert or a close"),
    stage: .clientHello,
    event: { inquiry in
      guard let ending = inquiry.ending, ending.ender == .server, ending.phase == .clientHello,
        let last = inquiry.endingObservation, let hello = inquiry.hello, hello.preSharedKeyIdentities.isEmpty,
        let ticket = hello.sessionTicketLength, ticket > 0, let working = inquiry.workingHello,
        (working.sessionTicketLength ?? 0) == 0, inquiry.reachesSameServer, ending.alert?.mayMeanBadTicket ?? true
      else { return nil }
      return Claim(
        .strong, "The server gives up when the client presents a session ticket; a full handshake works",
        [
          inquiry.observed(
            .offeredSession, inquiry.helloFrames, "the ClientHello carries a session ticket of \(ticket) bytes"),
          last,
          inquiry.observedWorking(
            .offeredSession, inquiry.workingHelloFrames, "the working ClientHello carries no ticket"),
        ])
    })
}

extension AlertDescription {
  fileprivate var mayMeanBadTicket: Bool {
    [
      .decodeError, .decryptError, .badRecordMAC, .handshakeFailure, .illegalParameter, .internalError,
      .unexpectedMessage,
    ].contains(self)
  }
}
