import HandshakeModel
import NetworkValues
import TLSProtocol

/// What the capture does not hold of a connection, and how much that keeps from being told.
struct CaptureLacks {
  private(set) var observations: [Observation] = []
  /// How surely what is missing would have told why the handshake failed.
  private(set) var grade = Grade.hint

  init(_ connection: Connection, _ inquiry: Inquiry) {
    addMissingPackets(connection, inquiry)
    addMissingBytes(connection, inquiry)
    addEnd(connection, inquiry)
  }

  private mutating func add(_ grade: Grade, _ observation: Observation) {
    observations.append(observation)
    self.grade = max(self.grade, grade)
  }

  /// The connection's beginning, the ends of its frames, one of its directions.
  private mutating func addMissingPackets(_ connection: Connection, _ inquiry: Inquiry) {
    let network = connection.network
    let transcript = connection.transcript
    let lacksHello = transcript.clientHellos.isEmpty || transcript.serverHellos.isEmpty
    if connection.transport != .tcp, connection.isJoinedMidway, network.client.segments + network.server.segments > 0 {
      add(
        .proof,
        inquiry.observed(
          .captureGap, [connection.firstFrame],
          "the capture begins in the middle of this association: the handshake is not in it"))
    }
    if network.isStartMissing, lacksHello {
      add(
        transcript.clientHellos.isEmpty ? .proof : .usual,
        inquiry.observed(
          .captureGap, [connection.firstFrame],
          "the capture begins in the middle of this connection: the handshake is not in it"))
    }
    if network.truncatedFrames > 0, lacksHello {
      add(
        .proof,
        inquiry.observed(
          .captureGap, [], "\(network.truncatedFrames) frames are cut short by the capture's snap length"))
    }
    // Datagrams without an answer are a finding of their own, unless they show that one came.
    if network.isOneSided,
      connection.transport == .tcp || network.client.segments == 0 || connection.lacksDatagramsOfServer,
      network.client.segments + network.server.segments > 1,
      network.client.payloadBytes + network.server.payloadBytes > 0
    {
      let seen = network.client.segments > 0 ? "client" : "server"
      add(
        .proof, inquiry.observed(.captureGap, [connection.firstFrame], "only what the \(seen) sent was captured"))
    }
  }

  private mutating func addMissingBytes(_ connection: Connection, _ inquiry: Inquiry) {
    let network = connection.network
    // Without an alert in the clear, what is missing may be the rest of a handshake that went well.
    let lack: Grade =
      connection.serverHello == nil
      ? .strong : connection.outcome == .incomplete && connection.isClosed ? .proof : .usual
    for (role, fin) in [(Role.client, network.clientFin), (.server, network.serverFin)] {
      let unseen = network[role].bytesBeforeFIN
      guard unseen > 0, let fin else { continue }
      add(
        lack,
        inquiry.observed(
          .captureGap, [fin.frame],
          "the \(role.rawValue)'s FIN lies \(unseen) bytes behind the last that it is seen to send"))
    }
    if connection.outcome == .incomplete, !network.isConnected, network.client.payloadBytes == 0,
      let syn = network.syns.first, let reset = network.resets.first(where: { $0.sender == .server })
    {
      add(
        .strong,
        inquiry.observed(
          .captureGap, [syn.frame, reset.frame],
          "the RST answers something else than the SYN: packets are missing between them"))
    }
    let missing = network.client.missingBytes + network.server.missingBytes
    if missing > 0 {
      add(
        lack,
        inquiry.observed(
          .captureGap, [], "\(missing) bytes were acknowledged by their receiver but are not in the capture"))
    }
  }

  /// What would have come behind the capture's end.
  private mutating func addEnd(_ connection: Connection, _ inquiry: Inquiry) {
    if let finished = connection.unansweredFinished, let close = connection.firstClose, close.sender == .server {
      add(
        .usual,
        inquiry.observed(
          .ending, [finished.frame, close.frame],
          "the client sent its Finished, nothing followed, and \(Seconds.text(close.time.seconds(since: finished.time))) "
            + "later the server closed: who refuses does so at once, and who ends what is idle does so later"))
    } else if let finished = connection.unansweredFinished, let close = connection.firstClose {
      let answer = connection.transcript.records.first {
        $0.sender == .server && $0.frame > finished.frame && $0.record.isEncrypted
      }
      add(
        .usual,
        answer.map {
          inquiry.observed(
            .ending, [finished.frame, close.frame, $0.frame].sorted(),
            "the client sent its Finished and closed; what the server sent behind it is as long as any alert: "
              + "a close_notify or a refusal")
        }
          ?? inquiry.observed(
            .ending, [finished.frame, close.frame],
            "the client sent its Finished; nothing that the server sent behind it shows that it took that"))
    }
    guard connection.outcome == .incomplete else { return }
    let network = connection.network
    // What was repeated in vain until the end shows the failure, however long the capture would have gone on.
    let isStuck = Role.allCases.contains { (VanishedSegments($0, in: connection)?.repetitions ?? 0) >= 3 }
    if !connection.isClosed, network.isConnected, !isStuck {
      let quiet = connection.transcript.clientHellos.last.map { connection.ended.seconds(since: $0.time) } ?? 0
      add(
        .usual,
        inquiry.observed(
          .ending, [connection.lastFrame],
          (connection.unansweredFinished == nil
            ? "the capture ends while the handshake is under way"
            : "the capture ends before the server shows that it took the client's Finished")
            + (quiet >= 1 ? ", \(Seconds.text(quiet)) after the ClientHello" : "")))
    }
    if !network.isConnected, network.syns.count == 1, network.client.payloadBytes == 0 {
      add(
        .usual,
        inquiry.observed(
          .ending, network.syns.map(\.frame), "one SYN and then the capture's end: the answer may still have come"))
    }
    addEndOfDatagrams(connection, inquiry)
  }

  private mutating func addEndOfDatagrams(_ connection: Connection, _ inquiry: Inquiry) {
    let network = connection.network
    if connection.transport != .tcp, !network.isConnected, network.server.segments == 0, !connection.repeatsItself,
      !connection.lacksDatagramsOfServer, let first = network.client.firstData
    {
      add(
        .usual,
        inquiry.observed(
          .ending, [first.frame], "the client's first words and then the capture's end: the answer may still have come")
      )
    }
    if connection.hasUnfinishedQUICAnswer {
      add(
        .usual,
        inquiry.observed(
          .ending, [connection.lastFrame],
          "the capture ends right behind the client's answer to the server's flight: whether it carried a Finished or a "
            + "close is encrypted"))
    }
  }
}
