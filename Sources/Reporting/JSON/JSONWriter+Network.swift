import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension JSONWriter {
  mutating func member(_ name: StaticString, _ facts: NetworkFacts) {
    // Without a closure: one that holds the facts would copy them.
    key(name)
    beginObject()
    array("syns") { writer in for syn in facts.syns { writer.integer(syn.frame) } }
    member("syn_ack", facts.synAck?.frame)
    member("established", facts.established?.frame)
    array("resets") { writer in for reset in facts.resets { writer.reset(reset) } }
    key("fins")
    beginObject()
    member("client", facts.clientFin?.frame)
    member("server", facts.serverFin?.frame)
    endObject()
    array("icmp_errors") { writer in for error in facts.icmpErrors { writer.icmp(error) } }
    member("client", facts.client)
    member("server", facts.server)
    member("start_missing", facts.isStartMissing)
    member("one_sided", facts.isOneSided)
    member("truncated_frames", facts.truncatedFrames)
    endObject()
  }

  /// What most directions have nothing of.
  private mutating func troubles(of facts: DirectionFacts) {
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
  }

  /// The members of ``troubles(of:)`` where there are none.
  private static let smooth: [UInt8] = {
    var writer = JSONWriter()
    writer.troubles(of: DirectionFacts())
    return writer.bytes
  }()

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
    key(name)
    beginObject()
    member("segments", facts.segments)
    member("data_segments", facts.dataSegments)
    member("payload_bytes", facts.payloadBytes)
    member("first_data", facts.firstData?.frame)
    member("last_data", facts.lastData?.frame)
    if facts.isSmooth {
      fragment(Self.smooth)
    } else {
      troubles(of: facts)
    }
    member("largest_segment", facts.largestSegment)
    member("largest_acknowledged_segment", facts.largestAcknowledgedSegment)
    member("maximum_segment_size", facts.maximumSegmentSize)
    member("hop_limit", facts.hopLimit)
    member("zero_window", facts.zeroWindow?.frame)
    endObject()
  }
}

extension DirectionFacts {
  /// Nothing was lost, repeated, refused or out of order.
  fileprivate var isSmooth: Bool {
    retransmissionCount == 0 && retransmissions.isEmpty && outOfOrderSegments == 0 && unacknowledgedBytes == 0
      && missingBytes == 0 && waitingBytes == 0 && refusedBytes == 0
  }
}
