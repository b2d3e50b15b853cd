import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension JSONWriter {
  mutating func member(_ name: StaticString, _ facts: NetworkFacts) {
    // Without a closure: one that holds the facts would copy them.
    beginObject(name)
    array("syns") { writer in for syn in facts.syns { writer.integer(syn.frame) } }
    members([Number("syn_ack", facts.synAck?.frame), Number("established", facts.established?.frame)])
    array("resets") { writer in for reset in facts.resets { writer.reset(reset) } }
    beginObject("fins")
    members([Number("client", facts.clientFin?.frame), Number("server", facts.serverFin?.frame)])
    endObject()
    array("icmp_errors") { writer in for error in facts.icmpErrors { writer.icmp(error) } }
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
    members([
      Number("segments", facts.segments),
      Number("data_segments", facts.dataSegments),
      Number("payload_bytes", facts.payloadBytes),
      Number("first_data", facts.firstData?.frame),
      Number("last_data", facts.lastData?.frame),
      Number("retransmission_count", facts.retransmissionCount),
    ])
    array("retransmissions") { writer in
      for segment in facts.retransmissions {
        writer.object { writer in
          writer.member("frame", segment.frame)
          writer.member("length", segment.length)
        }
      }
    }
    members([
      Number("out_of_order_segments", facts.outOfOrderSegments),
      Number("unacknowledged_bytes", facts.unacknowledgedBytes),
      Number("missing_bytes", facts.missingBytes),
      Number("waiting_bytes", facts.waitingBytes),
      Number("refused_bytes", facts.refusedBytes),
      Number("largest_segment", facts.largestSegment),
      Number("largest_acknowledged_segment", facts.largestAcknowledgedSegment),
      Number("maximum_segment_size", facts.maximumSegmentSize),
      Number("hop_limit", facts.hopLimit),
      Number("zero_window", facts.zeroWindow?.frame),
    ])
    endObject()
  }
}
