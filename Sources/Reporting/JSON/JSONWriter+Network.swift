import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension JSONWriter {
  /// What the network did, as the member `network`.
  mutating func network(_ facts: borrowing NetworkFacts) {
    guard facts.isUneventful else { return eventfulNetwork(facts) }
    fill(
      Self.uneventful,
      [
        facts.syns[0].frame, facts.synAck?.frame, facts.established?.frame, facts.clientFin?.frame,
        facts.serverFin?.frame,
        facts.client.segments, facts.client.dataSegments, Int(clamping: facts.client.payloadBytes),
        facts.client.firstData?.frame, facts.client.lastData?.frame, facts.client.retransmissionCount,
        facts.client.outOfOrderSegments, Int(clamping: facts.client.unacknowledgedBytes),
        Int(clamping: facts.client.missingBytes), facts.client.waitingBytes, Int(clamping: facts.client.refusedBytes),
        facts.client.largestSegment, facts.client.largestAcknowledgedSegment,
        facts.client.maximumSegmentSize.map { Int($0) }, facts.client.hopLimit.map { Int($0) },
        facts.client.zeroWindow?.frame,
        facts.server.segments, facts.server.dataSegments, Int(clamping: facts.server.payloadBytes),
        facts.server.firstData?.frame, facts.server.lastData?.frame, facts.server.retransmissionCount,
        facts.server.outOfOrderSegments, Int(clamping: facts.server.unacknowledgedBytes),
        Int(clamping: facts.server.missingBytes), facts.server.waitingBytes, Int(clamping: facts.server.refusedBytes),
        facts.server.largestSegment, facts.server.largestAcknowledgedSegment,
        facts.server.maximumSegmentSize.map { Int($0) }, facts.server.hopLimit.map { Int($0) },
        facts.server.zeroWindow?.frame,
        facts.truncatedFrames,
      ])
  }

  /// The network's JSON where ``NetworkFacts/isUneventful``.
  private static let uneventful = JSONTemplate<38>(
    """
    "network":{"syns":[#],"syn_ack":#,"established":#,"resets":[],"fins":{"client":#,"server":#},"icmp_errors":[],\
    "client":{"segments":#,"data_segments":#,"payload_bytes":#,"first_data":#,"last_data":#,"retransmission_count":#,\
    "retransmissions":[],"out_of_order_segments":#,"unacknowledged_bytes":#,"missing_bytes":#,"waiting_bytes":#,\
    "refused_bytes":#,"largest_segment":#,"largest_acknowledged_segment":#,"maximum_segment_size":#,"hop_limit":#,\
    "zero_window":#},\
    "server":{"segments":#,"data_segments":#,"payload_bytes":#,"first_data":#,"last_data":#,"retransmission_count":#,\
    "retransmissions":[],"out_of_order_segments":#,"unacknowledged_bytes":#,"missing_bytes":#,"waiting_bytes":#,\
    "refused_bytes":#,"largest_segment":#,"largest_acknowledged_segment":#,"maximum_segment_size":#,"hop_limit":#,\
    "zero_window":#},\
    "start_missing":false,"one_sided":false,"truncated_frames":#}
    """)

  /// The same, whatever happened.
  mutating func eventfulNetwork(_ facts: borrowing NetworkFacts) {
    // Without a closure: one that holds the facts would copy them.
    beginObject("network")
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
    member("client", facts.client)
    member("server", facts.server)
    member("start_missing", facts.isStartMissing)
    member("one_sided", facts.isOneSided)
    member("truncated_frames", facts.truncatedFrames)
    endObject()
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

  private mutating func member(_ name: StaticString, _ facts: DirectionFacts) {
    beginObject(name)
    member("segments", facts.segments)
    member("data_segments", facts.dataSegments)
    member("payload_bytes", facts.payloadBytes)
    member("first_data", facts.firstData?.frame)
    member("last_data", facts.lastData?.frame)
    member("retransmission_count", facts.retransmissionCount)
    array("retransmissions") { writer in
      for segment in facts.retransmissions {
        writer.object { writer in
          writer.member("frame", segment.frame)
          writer.member("length", segment.length)
        }
      }
    }
    member("out_of_order_segments", facts.outOfOrderSegments)
    member("unacknowledged_bytes", facts.unacknowledgedBytes)
    member("missing_bytes", facts.missingBytes)
    member("waiting_bytes", facts.waitingBytes)
    member("refused_bytes", facts.refusedBytes)
    member("largest_segment", facts.largestSegment)
    member("largest_acknowledged_segment", facts.largestAcknowledgedSegment)
    member("maximum_segment_size", facts.maximumSegmentSize)
    member("hop_limit", facts.hopLimit)
    member("zero_window", facts.zeroWindow?.frame)
    endObject()
  }
}

extension NetworkFacts {
  /// One SYN and no event that has a list: nearly every connection's network.
  fileprivate var isUneventful: Bool {
    syns.count == 1 && resets.isEmpty && icmpErrors.isEmpty && client.retransmissions.isEmpty
      && server.retransmissions.isEmpty && !isStartMissing && !isOneSided
  }
}
