import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// Large segments vanish and small ones pass (RFC 8899 §1, RFC 2923 §2.1), in either direction.
  static let pathMTU = Rule(.tcpPathMTU) { inquiry in
    guard let connection = inquiry.connection, connection.network.isConnected else { return [] }
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
    // A segment that every path should carry may be dropped for what is in it, unless the same path is seen to carry
    // smaller ones of the same kind.
    let isSmall = tooBig.isEmpty && largest <= connection.payloadThatFitsEverywhere
    let elsewhere = inquiry.working.map { $0.network[sender].largestAcknowledgedSegment } ?? 0
    let strength =
      if !tooBig.isEmpty { 95 } else if isSmall { (1..<smallestLost).contains(elsewhere) ? 74 : 50 } else {
        selective || passes > 0 ? 88 : 78
      }
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

extension Rule {
  /// Segments that fit through every path are repeated and never acknowledged, although TCP is connected: somebody drops
  /// them for what is in them, or the path broke.
  static let vanishingData = Rule(.tlsUnknown) { inquiry in
    guard let connection = inquiry.connection, connection.outcome != .established, connection.network.isConnected,
      inquiry.ending?.alert == nil
    else { return [] }
    for sender in Role.allCases {
      let facts = connection.network[sender]
      guard facts.unacknowledgedBytes > 0, facts.retransmissions.count >= 3,
        connection.network[sender.peer].segments > 0, !connection.network.icmpErrors.contains(where: \.isTooBig),
        let largest = facts.retransmissions.map(\.length).max(), largest <= connection.payloadThatFitsEverywhere
      else { continue }
      let isHello = sender == .client && connection.transcript.serverHellos.isEmpty
      let what = isHello ? "The ClientHello" : "What the \(sender.rawValue) sends"
      return [
        Finding(
          .tlsUnknown, 66,
          "\(what) is repeated and never acknowledged, although the connection stands: something on the way drops it",
          evidence: [
            inquiry.evidence(
              facts.retransmissions.map(\.frame),
              "\(facts.retransmissionCount) retransmissions from the \(sender.rawValue) of up to \(largest) bytes, none acknowledged"
            )
          ])
      ]
    }
    return []
  }
}

extension Connection {
  /// Payload that every path carries: IPv6 links take 1280 bytes (RFC 8200 §5), and no IPv4 path in use takes less than
  /// the 576 that every host must (RFC 791 §3.1); 40 bytes are the IPv4 headers, 60 the IPv6 ones.
  var payloadThatFitsEverywhere: Int { client.address.isIPv4 ? 576 - 40 : 1280 - 60 }

  /// The server's first flight came far enough for the client to go on.
  var isTLSAnswerComplete: Bool { serverHello != nil && network.server.holeBytes == 0 }
}
