import HandshakeModel
import NetworkValues
import TLSProtocol

extension JSONWriter {
  /// What the network did, as the member `network`.
  mutating func network(_ facts: borrowing NetworkFacts) {
    if facts.isUneventful {
      fill(
        Self.uneventful,
        [
          facts.syns[0].frame, facts.synAck?.frame, facts.established?.frame, facts.clientFin?.frame,
          facts.serverFin?.frame,
        ])
    } else {
      beginObject("network")
      events(facts)
    }
    member(Self.client, facts.client)
    member(Self.server, facts.server)
    member("start_missing", facts.isStartMissing)
    member("one_sided", facts.isOneSided)
    member("truncated_frames", facts.truncatedFrames)
    if facts.copies > 0 { member("copies", facts.copies) }
    member("unbelieved_segments", facts.unbelieved.count)
    beginArray("unbelieved_frames")
    for note in facts.unbelieved.first { integer(note.frame) }
    endArray()
    endObject()
  }

  /// How the network's JSON begins where ``NetworkFacts/isUneventful``: as with ``events(_:)``.
  private static let uneventful = JSONTemplate<5>(
    """
    "network":{"syns":[#],"syn_ack":#,"established":#,"resets":[],"fins":{"client":#,"server":#},"icmp_errors":[]
    """)

  private mutating func events(_ facts: borrowing NetworkFacts) {
    beginArray("syns")
    for syn in facts.syns { integer(syn.frame) }
    endArray()
    member("syn_ack", facts.synAck?.frame)
    member("established", facts.established?.frame)
    beginArray("resets")
    for index in facts.resets.indices { reset(facts.resets[index]) }
    endArray()
    beginObject("fins")
    member("client", facts.clientFin?.frame)
    member("server", facts.serverFin?.frame)
    endObject()
    beginArray("icmp_errors")
    for index in facts.icmpErrors.indices { icmp(facts.icmpErrors[index]) }
    endArray()
  }

  private mutating func reset(_ reset: Reset) {
    object { writer in
      writer.member("frame", reset.frame)
      writer.member("direction", reset.sender.rawValue)
      writer.member("hop_limit", reset.hopLimit)
      writer.member("identification", reset.identification)
      writer.member("ack", reset.hasAck)
      writer.member("window", reset.window)
      writer.member("sequence_offset", reset.sequenceOffset)
    }
  }

  private mutating func icmp(_ error: ICMPNote) {
    object { writer in
      writer.member("frame", error.frame)
      writer.member("reporter", error.reporter.description)
      writer.member("version", error.isICMPv6 ? 6 : 4)
      writer.member("type", error.type)
      writer.member("code", error.code)
      writer.member("next_hop_mtu", error.nextHopMTU)
      writer.member("quoted_direction", error.quotedSender.rawValue)
      writer.member("quoted_length", error.quotedLength)
    }
  }

  private mutating func member(_ start: borrowing JSONTemplate<6>, _ facts: borrowing DirectionFacts) {
    fill(
      start,
      [
        facts.segments, facts.dataSegments, Int(clamping: facts.payloadBytes), facts.firstData?.frame,
        facts.lastData?.frame, facts.retransmissionCount,
      ])
    beginArray("retransmissions")
    for index in facts.retransmissions.indices {
      fill(Self.retransmission, [facts.retransmissions[index].frame, facts.retransmissions[index].length])
    }
    endArray()
    fill(
      Self.directionEnd,
      [
        facts.outOfOrderSegments, Int(clamping: facts.unacknowledgedBytes), Int(clamping: facts.missingBytes),
        facts.waitingBytes, Int(clamping: facts.refusedBytes), facts.largestSegment, facts.largestAcknowledgedSegment,
        facts.maximumSegmentSize.map { Int($0) }, facts.hopLimit.map { Int($0) }, facts.zeroWindow?.frame,
      ])
  }

  private static let client = JSONTemplate<6>(
    """
    "client":{"segments":#,"data_segments":#,"payload_bytes":#,"first_data":#,"last_data":#,"retransmission_count":#
    """)
  private static let server = JSONTemplate<6>(
    """
    "server":{"segments":#,"data_segments":#,"payload_bytes":#,"first_data":#,"last_data":#,"retransmission_count":#
    """)
  private static let retransmission = JSONTemplate<2>(#"{"frame":#,"length":#}"#)
  private static let directionEnd = JSONTemplate<10>(
    """
    "out_of_order_segments":#,"unacknowledged_bytes":#,"missing_bytes":#,"waiting_bytes":#,"refused_bytes":#,\
    "largest_segment":#,"largest_acknowledged_segment":#,"maximum_segment_size":#,"hop_limit":#,"zero_window":#}
    """)
}

extension NetworkFacts {
  /// One SYN and no event that has a list: nearly every connection's network.
  fileprivate var isUneventful: Bool { syns.count == 1 && resets.isEmpty && icmpErrors.isEmpty }
}
