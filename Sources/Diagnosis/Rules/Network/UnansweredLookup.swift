import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// The name did not resolve: the lookups ended without an address and nothing was ever connected to.
  static let unansweredLookup = Rule(.dnsNoAnswer) { inquiry in
    let lookups = inquiry.attempt.lookups.filter { $0.type == 1 || $0.type == 28 }
    guard !lookups.isEmpty, lookups.allSatisfy({ $0.addresses.isEmpty }) else { return [] }
    if let connection = inquiry.connection, connection.network.isConnected || !connection.network.syns.isEmpty {
      return []
    }
    let names = Set(lookups.map(\.name)).sorted().prefix(3).map { Escaped.text($0) }.joined(separator: ", ")
    let evidence = lookups.prefix(6).map { lookup in
      inquiry.evidence(
        lookup.queries.map(\.frame) + (lookup.response.map { [$0.frame] } ?? []),
        "\(Escaped.text(lookup.name)) \(DNSText.type(lookup.type)): \(DNSText.outcome(lookup))")
    }
    // The name's other family may still be on its way, unless the name itself was turned down.
    guard lookups.contains(where: { ($0.responseCode ?? 0) != 0 }) || lookups.allSatisfy(\.isSettled) else {
      return [
        Finding(
          .dnsNoAnswer, 50, "The lookup of \(names) was not answered while the capture ran", evidence: evidence)
      ]
    }
    return [Finding(.dnsNoAnswer, 96, "The name \(names) did not resolve to any address", evidence: evidence)]
  }
}

extension NameLookup {
  /// It was answered, or asked again and again in vain.
  fileprivate var isSettled: Bool {
    guard responseCode == nil, let first = queries.first, let last = queries.last else { return true }
    return last.time.seconds(since: first.time) >= Patience.answer
  }
}

/// DNS numbers in words.
enum DNSText {
  static func type(_ type: UInt16) -> String {
    switch type {
    case 1: return "A"
    case 28: return "AAAA"
    case 65: return "HTTPS"
    default: return "type \(type)"
    }
  }

  static func outcome(_ lookup: NameLookup) -> String {
    guard let code = lookup.responseCode else {
      return "no answer to \(lookup.queryCount) quer\(lookup.queryCount == 1 ? "y" : "ies")"
    }
    switch code {
    case 0: return lookup.addresses.isEmpty ? "answered without an address" : "answered"
    case 1: return "FORMERR"
    case 2: return "SERVFAIL"
    case 3: return "NXDOMAIN, the name does not exist"
    case 5: return "REFUSED"
    default: return "response code \(code)"
    }
  }
}
