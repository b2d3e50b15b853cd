import HandshakeModel
import TLSProtocol

extension Rule {
  /// A pre-shared key, ticket or early data breaks the handshake; a full one would pass.
  static let resumption = Rule(.tlsResumption) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, let hello = inquiry.hello else { return [] }
    if !hello.preSharedKeyIdentities.isEmpty { return preSharedKey(connection, ending, hello, inquiry) }
    return abbreviated(connection, ending, hello, inquiry)
  }

  private static func preSharedKey(
    _ connection: Connection, _ ending: Ending, _ hello: ClientHello, _ inquiry: Inquiry
  ) -> [Finding] {
    let early = hello.has(.earlyData)
    let offer = inquiry.evidence(
      inquiry.helloFrames, "the ClientHello offers a pre-shared key or ticket" + (early ? " and sends early data" : ""))
    guard ending.ender == .server, let frame = ending.frame else { return [] }
    if let alert = ending.alert, ending.phase <= .serverFlight {
      let strength: Int
      switch alert {
      case .unknownPSKIdentity: strength = 97
      case .decryptError, .illegalParameter: strength = 92
      case .badRecordMAC, .decodeError, .unexpectedMessage: strength = early ? 84 : 74
      case .handshakeFailure, .internalError, .accessDenied:
        strength = inquiry.workingHello.map { $0.preSharedKeyIdentities.isEmpty } == true ? 76 : 58
      default: return []
      }
      return [
        Finding(
          .tlsResumption, strength,
          alert == .unknownPSKIdentity
            ? "The server does not know the client's pre-shared key"
            : "The server refuses the pre-shared key or ticket that the client offers: its proof does not verify, or the keys differ",
          evidence: [offer, inquiry.evidence([frame], "server alert \(alert.name) (\(alert.rawValue)) in answer")])
      ]
    }
    guard ending.phase <= .serverHello, let working = inquiry.workingHello, working.preSharedKeyIdentities.isEmpty,
      inquiry.reachesSameServer
    else { return [] }
    return [
      Finding(
        .tlsResumption, 84, "The server gives up when the client tries to resume a session; a full handshake works",
        evidence: [
          offer, inquiry.evidence([frame], "the server closes in answer"),
          inquiry.workingEvidence(inquiry.workingHelloFrames, "the working ClientHello offers no pre-shared key"),
        ])
    ]
  }

  /// TLS 1.2 and earlier: the server resumes (ChangeCipherSpec right after its ServerHello), then one Finished fails.
  private static func abbreviated(
    _ connection: Connection, _ ending: Ending, _ hello: ClientHello, _ inquiry: Inquiry
  ) -> [Finding] {
    guard let frame = ending.frame else { return [] }
    let ticket = hello.sessionTicketLength ?? 0
    if let answer = connection.serverHello, !connection.isTLS13,
      let change = connection.transcript.serverChangeCipherSpec,
      connection.transcript.serverCertificates == nil,
      !connection.transcript.messages.contains(where: { $0.type == .serverHelloDone })
    {
      return [
        Finding(
          .tlsResumption, 84, "The resumed session does not verify: the two sides hold different keys for it",
          evidence: [
            inquiry.evidence(
              [answer.frame, change.frame], "the server resumes a session: no certificate, ChangeCipherSpec at once"),
            inquiry.evidence([frame], "the \(ending.ender?.rawValue ?? "peer") gives up on it"),
          ])
      ]
    }
    guard ticket > 0, ending.ender == .server, ending.phase == .clientHello, let working = inquiry.workingHello,
      (working.sessionTicketLength ?? 0) == 0, inquiry.reachesSameServer, ending.alert?.mayMeanBadTicket ?? true
    else { return [] }
    return [
      Finding(
        .tlsResumption, 82, "The server gives up when the client presents a session ticket; a full handshake works",
        evidence: [
          inquiry.evidence(inquiry.helloFrames, "the ClientHello carries a session ticket of \(ticket) bytes"),
          inquiry.evidence([frame], "the server gives up in answer"),
          inquiry.workingEvidence(inquiry.workingHelloFrames, "the working ClientHello carries no ticket"),
        ])
    ]
  }
}

extension AlertDescription {
  fileprivate var mayMeanBadTicket: Bool {
    [
      .decodeError, .decryptError, .badRecordMAC, .handshakeFailure, .illegalParameter, .internalError,
      .unexpectedMessage,
    ].contains(self)
  }
}
