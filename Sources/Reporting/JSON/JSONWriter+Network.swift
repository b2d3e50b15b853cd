import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension JSONWriter {
  mutating func member(_ name: StaticString, _ facts: NetworkFacts) {
    // Without a closure: one that holds the facts would copy them.
    beginObject(name)
    if facts.isOpenedAtOnce {
      fill(
        Self.opening,
        [
          facts.syns.first?.frame, facts.synAck?.frame, facts.established?.frame, facts.clientFin?.frame,
          facts.serverFin?.frame,
        ])
    } else {
      opening(facts)
    }
    member("client", facts.client)
    member("server", facts.server)
    member("start_missing", facts.isStartMissing)
    member("one_sided", facts.isOneSided)
    member("truncated_frames", facts.truncatedFrames)
    endObject()
  }

  private mutating func opening(_ facts: NetworkFacts) {
    array("syns") { writer in for syn in facts.syns { writer.integer(syn.frame) } }
    member("syn_ack", facts.synAck?.frame)
    member("established", facts.established?.frame)
    array("resets") { writer in for reset in facts.resets { writer.reset(reset) } }
    beginObject("fins")
    member("client", facts.clientFin?.frame)
    member("server", facts.serverFin?.frame)
    endObject()
    array("icmp_errors") { writer in for error in facts.icmpErrors { writer.icmp(error) } }
  }

  /// The members of ``opening(_:)`` for one SYN without resets and errors.
  private static let opening = JSONTemplate { writer in
    let note = FrameNote(frame: 0, time: Timestamp(nanoseconds: 0))
    var facts = NetworkFacts()
    facts.syns = [note]
    (facts.synAck, facts.established, facts.clientFin, facts.serverFin) = (note, note, note, note)
    writer.opening(facts)
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
    key(name)
    guard facts.retransmissions.isEmpty else { return direction(facts) }
    fill(
      Self.direction,
      [
        facts.segments, facts.dataSegments, Int(clamping: facts.payloadBytes), facts.firstData?.frame,
        facts.lastData?.frame, facts.retransmissionCount, facts.outOfOrderSegments,
        Int(clamping: facts.unacknowledgedBytes), Int(clamping: facts.missingBytes), Int(clamping: facts.waitingBytes),
        Int(clamping: facts.refusedBytes), facts.largestSegment, facts.largestAcknowledgedSegment,
        facts.maximumSegmentSize.map { Int($0) }, facts.hopLimit.map { Int($0) }, facts.zeroWindow?.frame,
      ])
  }

  private mutating func direction(_ facts: DirectionFacts) {
    object { writer in
      writer.member("segments", facts.segments)
      writer.member("data_segments", facts.dataSegments)
      writer.member("payload_bytes", facts.payloadBytes)
      writer.member("first_data", facts.firstData?.frame)
      writer.member("last_data", facts.lastData?.frame)
      writer.member("retransmission_count", facts.retransmissionCount)
      writer.array("retransmissions") { writer in
        for segment in facts.retransmissions {
          writer.object { writer in
            writer.member("frame", segment.frame)
            writer.member("length", segment.length)
          }
        }
      }
      writer.member("out_of_order_segments", facts.outOfOrderSegments)
      writer.member("unacknowledged_bytes", facts.unacknowledgedBytes)
      writer.member("missing_bytes", facts.missingBytes)
      writer.member("waiting_bytes", facts.waitingBytes)
      writer.member("refused_bytes", facts.refusedBytes)
      writer.member("largest_segment", facts.largestSegment)
      writer.member("largest_acknowledged_segment", facts.largestAcknowledgedSegment)
      writer.member("maximum_segment_size", facts.maximumSegmentSize)
      writer.member("hop_limit", facts.hopLimit)
      writer.member("zero_window", facts.zeroWindow?.frame)
    }
  }

  /// What ``direction(_:)`` writes where no segment was sent again.
  private static let direction = JSONTemplate { writer in
    let note = FrameNote(frame: 0, time: Timestamp(nanoseconds: 0))
    var facts = DirectionFacts()
    (facts.firstData, facts.lastData, facts.zeroWindow) = (note, note, note)
    (facts.maximumSegmentSize, facts.hopLimit) = (0, 0)
    writer.direction(facts)
  }
}

extension NetworkFacts {
  /// One SYN opened it, and nobody reset it or complained.
  fileprivate var isOpenedAtOnce: Bool { syns.count == 1 && resets.isEmpty && icmpErrors.isEmpty }
}
