import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// Large segments vanish and small ones pass (RFC 8899 §1, RFC 2923 §2.1), in either direction.
  static let pathMTU = Rule(.tcpPathMTU) { inquiry in
    guard let connection = inquiry.connection, connection.network.synAck != nil else { return [] }
    let tooBig = connection.network.icmpErrors.filter(\.isTooBig)
    for sender in [Role.client, .server] {
      if let finding = vanishingSegments(connection, sender, inquiry, tooBig) { return [finding] }
    }
    if let finding = missingFlight(connection, inquiry) { return [finding] }
    return []
  }

  /// Seen beside the sender: the same large segments again and again, never acknowledged.
  private static func vanishingSegments(
    _ connection: Connection, _ sender: Role, _ inquiry: Inquiry, _ tooBig: [ICMPNote]
  ) -> Finding? {
    let facts = connection.network[sender]
    let repeated = facts.retransmissions
    guard facts.unacknowledgedBytes > 0, let largest = repeated.map(\.length).max(), repeated.count >= 2 else {
      return nil
    }
    let smallestLost = repeated.map(\.length).min() ?? largest
    // What passes must be smaller than what vanishes, and something must pass: an ACK shows that the path is alive.
    guard smallestLost > facts.largestAcknowledgedSegment, largest >= 256, connection.network[sender.peer].segments > 0
    else { return nil }
    let passes = facts.largestAcknowledgedSegment
    var evidence = [
      inquiry.evidence(
        repeated.map(\.frame),
        "\(repeated.count) retransmissions from the \(sender.rawValue) of \(smallestLost == largest ? "" : "\(smallestLost) to ")\(largest) bytes, none acknowledged"
      )
    ]
    if let ack = connection.network[sender.peer].lastAck {
      evidence.append(
        inquiry.evidence(
          [ack.frame],
          passes > 0
            ? "segments of up to \(passes) bytes did arrive" : "packets without payload do pass: the path is alive"))
    }
    evidence += tooBig.prefix(2).map {
      inquiry.evidence([$0.frame], "\($0.name) from \($0.reporter), and the sender did not shrink its segments")
    }
    // Other segments of the same side behind the hole arrived: only the large one is lost.
    let selective = facts.largestSegment > smallestLost / 2 && facts.dataSegments > repeated.count + 1
    let strength = !tooBig.isEmpty ? 95 : selective || passes > 0 ? 88 : 78
    return Finding(
      .tcpPathMTU, strength,
      "Packets with \(largest) bytes from the \(sender.rawValue) never arrive while small ones do: the path's MTU is "
        + "smaller than the sender believes",
      evidence: evidence)
  }

  /// Seen beside the receiver: the end of the server's flight arrives, its full-size beginning never does.
  private static func missingFlight(_ connection: Connection, _ inquiry: Inquiry) -> Finding? {
    let facts = connection.network.server
    guard let hello = connection.transcript.clientHellos.last, facts.holeBytes > 0, facts.waitingBytes > 0,
      let beyond = facts.firstBeyondHole, !connection.isTLSAnswerComplete,
      connection.ended.seconds(since: hello.time) >= 1
    else { return nil }
    return Finding(
      .tcpPathMTU, 84,
      "\(facts.holeBytes) bytes of the server's flight never arrive although what it sent behind them did: large packets "
        + "are lost on the way to the client",
      evidence: [
        inquiry.evidence([hello.frame], "ClientHello sent"),
        inquiry.evidence(
          [beyond.frame],
          "a segment that begins \(facts.holeBytes) bytes too late; the hole before it is never filled"),
      ])
  }
}

extension Connection {
  /// The server's first flight came far enough for the client to go on.
  var isTLSAnswerComplete: Bool { serverHello != nil && network.server.holeBytes == 0 }
}
