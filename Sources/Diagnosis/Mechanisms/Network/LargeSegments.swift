import HandshakeModel
import NetworkValues
import TLSProtocol

/// Large segments that vanish although small ones pass (RFC 8899 §1, RFC 2923 §2.1).
enum LargeSegments {
  /// Seen beside the sender: the same large segments again and again, never acknowledged.
  static func vanish(from sender: Role, _ inquiry: Inquiry) -> Claim? {
    guard let connection = inquiry.connection, connection.network.isConnected,
      // Not even the ACK of the SYN-ACK got through: size is not the matter.
      connection.network.synAckRepetitions.count < 2,
      let vanished = VanishedSegments(sender, in: connection), vanished.frames.count >= 2, vanished.largest >= 256,
      // The acknowledgment may have been on its way when the capture ended.
      let first = connection.network[sender].retransmissions.first,
      connection.waited(since: first.time) >= Patience.answer
    else { return nil }
    let passes = connection.network[sender].largestAcknowledgedSegment
    // What passes must be smaller than what vanishes, and something must pass: an ACK shows that the path is alive.
    guard vanished.smallest > passes else { return nil }
    let tooBig = connection.network.icmpErrors.filter(\.isTooBig)
    let large = connection.network[sender].retransmissions.filter { $0.length == vanished.largest }
    var observations = [
      inquiry.observed(
        .loss, large.map(\.frame),
        "\(large.count) retransmission\(large.count == 1 ? "" : "s") from the \(sender.rawValue) of \(vanished.largest) bytes, none acknowledged"
      )
    ]
    if let ack = connection.network[sender.peer].lastAck {
      observations.append(
        inquiry.observed(
          .loss, [ack.frame],
          passes > 0
            ? "segments of up to \(passes) bytes did arrive" : "packets without payload do pass: the path is alive"))
    }
    observations += tooBig.prefix(2).map {
      inquiry.observed(
        .icmpError, [$0.frame], "\($0.name) from \($0.reporter), and the sender did not shrink its segments")
    }
    if let ending = inquiry.endingObservation { observations.append(ending) }
    return Claim(
      grade(vanished, connection, tellsOfSize: !tooBig.isEmpty, inquiry),
      "Packets with \(vanished.largest) bytes from the \(sender.rawValue) never arrive while small ones do: the path's "
        + "MTU is smaller than the sender believes",
      observations)
  }

  private static func grade(
    _ vanished: VanishedSegments, _ connection: Connection, tellsOfSize: Bool, _ inquiry: Inquiry
  ) -> Grade {
    if tellsOfSize { return .proof }
    // A segment that every path should carry may be dropped for what is in it, unless the same path is seen to carry
    // smaller ones of the same kind.
    if vanished.largest <= connection.payloadThatFitsEverywhere {
      let elsewhere = inquiry.working.map { $0.network[vanished.sender].largestAcknowledgedSegment } ?? 0
      return (1..<vanished.smallest).contains(elsewhere) ? .usual : .hint
    }
    return .strong
  }

  /// Seen beside the receiver: the end of the server's flight arrives, its full-size beginning never does.
  static func leaveHole(_ inquiry: Inquiry) -> Claim? {
    guard let connection = inquiry.connection, connection.network.isConnected else { return nil }
    let facts = connection.network.server
    guard let hello = connection.transcript.clientHellos.last, facts.holeBytes > 0, facts.waitingBytes > 0,
      let beyond = facts.firstBeyondHole, !connection.isTLSAnswerComplete,
      connection.ended.seconds(since: hello.time) >= 1
    else { return nil }
    let observations = [
      inquiry.observed(.clientHello, [hello.frame], "ClientHello sent"),
      inquiry.observed(
        .loss, [beyond.frame],
        "a segment that begins \(facts.holeBytes) bytes too late; the hole before it is never filled"),
    ]
    return Claim(
      .strong,
      "\(facts.holeBytes) bytes of the server's flight never arrive although what it sent behind them did: large packets "
        + "are lost on the way to the client",
      observations + (inquiry.endingObservation.map { [$0] } ?? []))
  }
}
