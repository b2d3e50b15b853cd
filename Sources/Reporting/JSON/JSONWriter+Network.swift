import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension JSONWriter {
  mutating func member(_ name: StaticString, _ facts: NetworkFacts) {
    object(name) { writer in
      writer.array("syns") { writer in for syn in facts.syns { writer.integer(syn.frame) } }
      writer.member("syn_ack", facts.synAck?.frame)
      writer.member("established", facts.established?.frame)
      writer.array("resets") { writer in for reset in facts.resets { writer.reset(reset) } }
      writer.object("fins") { writer in
        writer.member("client", facts.clientFin?.frame)
        writer.member("server", facts.serverFin?.frame)
      }
      writer.array("icmp_errors") { writer in for error in facts.icmpErrors { writer.icmp(error) } }
      writer.member("client", facts.client)
      writer.member("server", facts.server)
      writer.member("start_missing", facts.isStartMissing)
      writer.member("one_sided", facts.isOneSided)
      writer.member("truncated_frames", facts.truncatedFrames)
    }
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
    object(name) { writer in
      writer.member("segments", facts.segments)
      writer.member("data_segments", facts.dataSegments)
      writer.member("payload_bytes", facts.payloadBytes)
      writer.member("first_data", facts.firstData?.frame)
      writer.member("last_data", facts.lastData?.frame)
      if facts.isSmooth {
        writer.fragment(Self.smooth)
      } else {
        writer.troubles(of: facts)
      }
      writer.member("largest_segment", facts.largestSegment)
      writer.member("largest_acknowledged_segment", facts.largestAcknowledgedSegment)
      writer.member("maximum_segment_size", facts.maximumSegmentSize)
      writer.member("hop_limit", facts.hopLimit)
      writer.member("zero_window", facts.zeroWindow?.frame)
    }
  }
}

extension DirectionFacts {
  /// Nothing was lost, repeated, refused or out of order.
  fileprivate var isSmooth: Bool {
    retransmissionCount == 0 && retransmissions.isEmpty && outOfOrderSegments == 0 && unacknowledgedBytes == 0
      && missingBytes == 0 && waitingBytes == 0 && refusedBytes == 0
  }
}
