import HandshakeModel
import TLSProtocol

/// What the layers below TLS did, as labelled values.
enum NetworkFields {
  typealias Field = ConnectionFields.Field

  static func fields(of facts: NetworkFacts) -> [Field] {
    var fields: [Field] = []
    func frames(_ label: String, _ notes: [FrameNote]) {
      if !notes.isEmpty { fields.append(Field(label, FrameCitation.text(notes.map(\.frame)))) }
    }
    frames("SYN", facts.syns)
    frames("SYN-ACK", facts.synAck.map { [$0] } ?? [])
    frames("TCP established", facts.established.map { [$0] } ?? [])
    for reset in facts.resets {
      fields.append(
        Field(
          "RST",
          "\(FrameCitation.text([reset.frame])) from the \(reset.sender.rawValue), "
            + "hop limit \(reset.hopLimit)" + (reset.identification.map { ", identification \($0)" } ?? "")))
    }
    frames("client's FIN", facts.clientFin.map { [$0] } ?? [])
    frames("server's FIN", facts.serverFin.map { [$0] } ?? [])
    for error in facts.icmpErrors {
      fields.append(
        Field(
          error.isICMPv6 ? "ICMPv6" : "ICMP",
          "frame \(error.frame): type \(error.type), code \(error.code) from \(error.reporter), "
            + "about a packet of the \(error.quotedSender.rawValue)"))
    }
    for role in Role.allCases { fields.append(Field(role.rawValue, traffic(facts[role]))) }
    if facts.isStartMissing { fields.append(Field("start", "not captured")) }
    if facts.copies > 0 {
      fields.append(
        Field("copies", Measures.count(facts.copies, "frame") + " with a segment that another frame shows too"))
    }
    if facts.unbelieved.count > 0 {
      fields.append(
        Field(
          "not believed",
          Measures.count(facts.unbelieved.count, "segment")
            + " with numbers that this connection cannot have (\(FrameCitation.text(facts.unbelieved.first.map(\.frame))))"
        ))
    }
    if facts.truncatedFrames > 0 { fields.append(Field("cut short", Measures.count(facts.truncatedFrames, "frame"))) }
    return fields
  }

  private static func traffic(_ facts: DirectionFacts) -> String {
    var parts = [
      Measures.count(facts.segments, "segment"), Measures.bytes(facts.payloadBytes),
    ]
    if facts.retransmissionCount > 0 { parts.append(Measures.count(facts.retransmissionCount, "retransmission")) }
    if facts.outOfOrderSegments > 0 { parts.append("\(Measures.grouped(facts.outOfOrderSegments)) out of order") }
    if facts.unacknowledgedBytes > 0 { parts.append("\(Measures.bytes(facts.unacknowledgedBytes)) never acknowledged") }
    if facts.missingBytes > 0 { parts.append("\(Measures.bytes(facts.missingBytes)) missing from the capture") }
    if facts.refusedBytes > 0 { parts.append("\(Measures.bytes(facts.refusedBytes)) beyond the reassembly limit") }
    if facts.largestSegment > 0 { parts.append("largest segment \(facts.largestSegment)") }
    if let size = facts.maximumSegmentSize { parts.append("MSS \(size)") }
    if let limit = facts.hopLimit { parts.append("hop limit \(limit)") }
    if let note = facts.zeroWindow { parts.append("window closed in frame \(note.frame)") }
    return parts.joined(separator: ", ")
  }
}
