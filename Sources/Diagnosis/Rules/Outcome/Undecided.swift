import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// The capture does not hold enough to say.
  static let incompleteCapture = Rule(.captureIncomplete) { inquiry in
    guard let connection = inquiry.connection, connection.outcome != .established else { return [] }
    let network = connection.network
    var reasons: [Evidence] = []
    var strength = 0
    if network.isStartMissing, connection.transcript.clientHellos.isEmpty || connection.transcript.serverHellos.isEmpty
    {
      reasons.append(
        inquiry.evidence(
          [connection.firstFrame], "the capture begins in the middle of this connection: the handshake is not in it"))
      strength = connection.transcript.clientHellos.isEmpty ? 95 : 70
    }
    if network.truncatedFrames > 0,
      connection.transcript.clientHellos.isEmpty || connection.transcript.serverHellos.isEmpty
    {
      reasons.append(
        inquiry.evidence([], "\(network.truncatedFrames) frames are cut short by the capture's snap length"))
      strength = max(strength, 93)
    }
    // Datagrams without an answer are a finding of their own.
    if network.isOneSided, connection.transport == .tcp || network.client.segments == 0,
      network.client.segments + network.server.segments > 1,
      network.client.payloadBytes + network.server.payloadBytes > 0
    {
      let seen = network.client.segments > 0 ? "client" : "server"
      reasons.append(inquiry.evidence([connection.firstFrame], "only what the \(seen) sent was captured"))
      strength = max(strength, 92)
    }
    // Without an alert in the clear, what is missing may be the rest of a handshake that went well.
    let lack = connection.serverHello == nil ? 88 : connection.outcome == .incomplete && connection.isClosed ? 90 : 66
    for (role, fin) in [(Role.client, network.clientFin), (.server, network.serverFin)] {
      let unseen = network[role].bytesBeforeFIN
      guard unseen > 0, let fin else { continue }
      reasons.append(
        inquiry.evidence(
          [fin.frame], "the \(role.rawValue)'s FIN lies \(unseen) bytes behind the last that it is seen to send"))
      strength = max(strength, lack)
    }
    if connection.outcome == .incomplete, !network.isConnected, network.client.payloadBytes == 0,
      let syn = network.syns.first, let reset = network.resets.first(where: { $0.sender == .server })
    {
      reasons.append(
        inquiry.evidence(
          [syn.frame, reset.frame], "the RST answers something else than the SYN: packets are missing between them"))
      strength = max(strength, 88)
    }
    let missing = network.client.missingBytes + network.server.missingBytes
    if missing > 0 {
      reasons.append(
        inquiry.evidence([], "\(missing) bytes were acknowledged by their receiver but are not in the capture"))
      strength = max(strength, lack)
    }
    if connection.outcome == .incomplete, !connection.isClosed, network.isConnected {
      let hello = connection.transcript.clientHellos.last
      let quiet = hello.map { connection.ended.seconds(since: $0.time) } ?? 0
      reasons.append(
        inquiry.evidence(
          [connection.lastFrame],
          (connection.unansweredFinished == nil
            ? "the capture ends while the handshake is under way"
            : "the capture ends before the server shows that it took the client's Finished")
            + (quiet >= 1 ? ", \(Seconds.text(quiet)) after the ClientHello" : "")))
      strength = max(strength, 64)
    }
    if connection.outcome == .incomplete, !network.isConnected, network.syns.count == 1 {
      reasons.append(
        inquiry.evidence(
          network.syns.map(\.frame), "one SYN and then the capture's end: the answer may still have come"))
      strength = max(strength, 62)
    }
    if let finished = connection.unansweredFinished, let close = connection.firstClose {
      reasons.append(
        inquiry.evidence(
          [finished.frame, close.frame],
          "the client sent its Finished; nothing that the server sent behind it shows that it took that"))
      strength = max(strength, 64)
    }
    if connection.outcome == .incomplete, connection.hasUnfinishedQUICAnswer {
      reasons.append(
        inquiry.evidence(
          [connection.lastFrame],
          "the capture ends right behind the client's answer to the server's flight: whether it carried a Finished or a close is encrypted"
        ))
      strength = max(strength, 62)
    }
    guard !reasons.isEmpty else { return [] }
    return [
      Finding(
        .captureIncomplete, strength, "The capture does not hold enough of this connection to say why it failed",
        evidence: reasons)
    ]
  }

  /// Something ended the handshake, and nothing says why.
  static let unknown = Rule(.tlsUnknown) { inquiry in
    guard let connection = inquiry.connection, connection.outcome == .failed, let ending = inquiry.ending else {
      return []
    }
    let who = ending.ender.map { "the \($0.rawValue)" } ?? "nobody"
    let how: String
    switch ending.manner {
    case .alert(let alert): how = "\(who) sent the alert \(alert.name) (\(alert.rawValue))"
    case .encryptedAlert: how = "\(who) sent what looks like an encrypted alert and the connection was closed"
    case .fin: how = "\(who) closed the connection"
    case .reset: how = "\(who) reset the connection"
    case .quicClose(let close): how = "\(who) closed the connection with \(close.said)"
    case .silence: how = "both sides fell silent"
    }
    return [
      Finding(
        .tlsUnknown, 42, "The handshake failed \(ending.phase.described): \(how); the packets do not say why",
        evidence: [inquiry.evidence(ending.frame.map { [$0] } ?? [connection.lastFrame], how)])
    ]
  }
}

extension Ending.Phase {
  var described: String {
    switch self {
    case .connecting: return "before TCP was connected"
    case .connected: return "before the client had sent anything"
    case .plaintext: return "in the plaintext part"
    case .clientHello: return "after the ClientHello"
    case .serverHello: return "after the ServerHello"
    case .serverFlight: return "after the server's flight"
    case .clientFlight: return "after the client's answer"
    case .established: return "after it was complete"
    }
  }
}
