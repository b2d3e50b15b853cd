import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let dnsNoAnswer = Mechanism(
    MechanismID(.dnsNoAnswer),
    CauseDescription(
      "Name did not resolve",
      "The client asked for the server's name and got no usable address, so it never tried to connect.",
      evidence: "DNS queries answered with NXDOMAIN, SERVFAIL, no address, or not at all, and no SYN after them"),
    stage: .resolution,
    event: { inquiry in
      let lookups = inquiry.attempt.lookups.filter { $0.type == 1 || $0.type == 28 }
      guard !lookups.isEmpty, lookups.allSatisfy({ $0.addresses.isEmpty }) else { return nil }
      if let connection = inquiry.connection, connection.network.isConnected || !connection.network.syns.isEmpty {
        return nil
      }
      let names = Set(lookups.map(\.name)).sorted().prefix(3).map { Escaped.text($0) }.joined(separator: ", ")
      let observations = lookups.prefix(6).map { lookup in
        inquiry.observed(
          .lookup, lookup.queries.map(\.frame) + (lookup.response.map { [$0.frame] } ?? []),
          "\(Escaped.text(lookup.name)) \(DNSText.type(lookup.type)): \(DNSText.outcome(lookup))")
      }
      // The name's other family may still be on its way, unless the name itself was turned down.
      guard lookups.contains(where: { ($0.responseCode ?? 0) != 0 }) || lookups.allSatisfy(\.isSettled) else {
        return Claim(.hint, "The lookup of \(names) was not answered while the capture ran", observations)
      }
      return Claim(.proof, "The name \(names) did not resolve to any address", observations)
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Java remembers failed lookups (10 s by default): lower networkaddress.cache.negative.ttl in java.security, "
              + "or -Dsun.net.inetaddr.negative.ttl", "java -Dsun.net.inetaddr.negative.ttl=0 …")
        ],
        .curl: [
          .init("Bypass the resolver to test the rest", "curl -v --resolve {name|NAME}:{port|443}:ADDRESS {url}")
        ],
        .node: [.init("ENOTFOUND: check the name with the system's resolver", "getent ahosts {name|NAME}")],
        .any: [
          .init(
            "Check the name for typing errors and search domains, and which resolver the client asks",
            "dig +short {name|NAME} A ; dig +short {name|NAME} AAAA")
        ],
      ],
      server: [
        .any: [.init("Publish A or AAAA records for the name")]
      ], steps: [.init("Ask the same resolver from the client's machine", "getent ahosts {name|NAME}")]))
}

extension NameLookup {
  /// It was answered, or asked again and again in vain.
  fileprivate var isSettled: Bool {
    guard responseCode == nil, let first = queries.first, let last = queries.last else { return true }
    return last.time.seconds(since: first.time) >= Patience.answer
  }
}
