import HandshakeModel
import NetworkValues
import TLSProtocol

extension Ladder {
  /// A name lookup: the question, and the answer where one came.
  static func steps(of lookup: NameLookup) -> [LadderStep] {
    let type = lookupTypes[lookup.type] ?? "type \(lookup.type)"
    guard let query = lookup.queries.first else { return [] }
    var question = LadderStep(
      time: query.time, frames: lookup.queries.map(\.frame), sender: .client, title: "DNS \(type)?",
      details: [LadderStep.Detail(lookup.name)])
    if lookup.queryCount > 1 { question.details.append("asked \(lookup.queryCount) times") }
    guard let response = lookup.response else {
      question.details.append("no answer")
      question.tone = .bad
      return [question]
    }
    var answer = LadderStep(time: response.time, frames: [response.frame], sender: .server, title: "DNS answer")
    let code = lookup.responseCode ?? 0
    if code != 0 {
      answer.details = [LadderStep.Detail(responseCodes[code] ?? "RCODE \(code)")]
      answer.tone = .bad
    } else {
      let shown = lookup.addresses.prefix(4).map(\.description)
      answer.details = [LadderStep.Detail(shown.isEmpty ? "no address" : shown.joined(separator: ", "))]
    }
    return [question, answer]
  }

  private static let lookupTypes: [UInt16: String] = [1: "A", 5: "CNAME", 28: "AAAA", 64: "SVCB", 65: "HTTPS"]
  private static let responseCodes: [UInt8: String] = [
    1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN (no such name)", 4: "NOTIMP", 5: "REFUSED",
  ]

  /// What TCP and ICMP did.
  static func networkSteps(of connection: Connection) -> [LadderStep] {
    let network = connection.network
    let isFailure = connection.outcome != .established
    var steps: [LadderStep] = []
    if let syn = network.syns.first {
      var step = LadderStep(time: syn.time, frames: network.syns.map(\.frame), sender: .client, title: "SYN")
      if network.syns.count > 1 { step.details = ["sent \(network.syns.count) times"] }
      steps.append(step)
    }
    if let note = network.synAck {
      steps.append(LadderStep(time: note.time, frames: [note.frame], sender: .server, title: "SYN-ACK"))
    }
    for reset in network.resets {
      steps.append(
        LadderStep(
          time: reset.time, frames: [reset.frame], sender: reset.sender, title: "RST", tone: isFailure ? .bad : .quiet,
          rank: 3))
    }
    for (note, sender) in [(network.clientFin, Role.client), (network.serverFin, .server)] {
      guard let note else { continue }
      steps.append(
        LadderStep(time: note.time, frames: [note.frame], sender: sender, title: "FIN", tone: .quiet, rank: 3))
    }
    for error in network.icmpErrors.prefix(8) { steps.append(step(of: error)) }
    for role in Role.allCases {
      guard let first = network[role].retransmissions.first else { continue }
      let facts = network[role]
      steps.append(
        LadderStep(
          time: first.time, frames: facts.retransmissions.map(\.frame), sender: role, title: "retransmission",
          details: facts.retransmissionCount > 1 ? ["\(Measures.grouped(facts.retransmissionCount)) segments"] : [],
          tone: .quiet, rank: 2))
    }
    return steps
  }

  private static func step(of error: ICMPNote) -> LadderStep {
    let name = error.isICMPv6 ? icmpv6Names[[error.type, error.code]] : icmpNames[[error.type, error.code]]
    var details: [LadderStep.Detail] = [
      LadderStep.Detail(name ?? "type \(error.type), code \(error.code)"), "from \(error.reporter)",
    ]
    if let mtu = error.nextHopMTU { details.append("next hop takes \(mtu) bytes") }
    return LadderStep(
      time: error.time, frames: [error.frame], sender: error.quotedSender.peer,
      title: error.isICMPv6 ? "ICMPv6 error" : "ICMP error", details: details, tone: .bad)
  }

  /// RFC 792, RFC 1812 §5.2.7.1.
  private static let icmpNames: [[UInt8]: String] = [
    [3, 0]: "network unreachable", [3, 1]: "host unreachable", [3, 2]: "protocol unreachable",
    [3, 3]: "port unreachable", [3, 4]: "fragmentation needed", [3, 9]: "network prohibited",
    [3, 10]: "host prohibited", [3, 13]: "prohibited by a filter", [11, 0]: "time to live exceeded",
  ]

  /// RFC 4443 §3.
  private static let icmpv6Names: [[UInt8]: String] = [
    [1, 0]: "no route", [1, 1]: "prohibited by a filter", [1, 3]: "address unreachable", [1, 4]: "port unreachable",
    [1, 5]: "source address refused", [1, 6]: "route rejected", [2, 0]: "packet too big", [3, 0]: "hop limit exceeded",
  ]
}
