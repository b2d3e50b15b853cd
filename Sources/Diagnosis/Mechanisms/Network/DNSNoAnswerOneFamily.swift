import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let dnsNoAnswerOneFamily = Mechanism(
    MechanismID(.dnsNoAnswer, "one-family"),
    CauseDescription(
      "One of two lookups is never answered",
      "The resolver asked for IPv4 and IPv6 addresses at once and got one answer only: it waits for the other one, five seconds "
        + "as a rule, and asks again, until the client gives up.",
      evidence: "A answered and AAAA asked again and again in vain, or the reverse, and no SYN after them"),
    stage: .resolution,
    event: { inquiry in
      guard inquiry.connection == nil else { return nil }
      let silent = UnansweredFamily.among(inquiry.attempt.lookups).filter { $0.responseCode == nil }
      // A name of which no family has an address does not resolve at all.
      guard let lookup = silent.first,
        inquiry.attempt.lookups.contains(where: { $0.name == lookup.name && !$0.addresses.isEmpty })
      else { return nil }
      let (type, name) = (DNSText.type(lookup.type), Escaped.text(lookup.name))
      return Claim(
        .proof, "The \(type) lookup of \(name) was never answered, and the client went no further",
        inquiry.attempt.lookups.filter { $0.name == lookup.name }.prefix(4).map { other in
          inquiry.observed(
            .lookup, other.queries.map(\.frame) + (other.response.map { [$0.frame] } ?? []),
            "\(name) \(DNSText.type(other.type)): \(DNSText.outcome(other))")
        })
    },
    advice: Advice(
      mends: .client,
      client: [
        .any: [
          .init(
            "Let the resolver ask one question at a time: options single-request-reopen (or use-vc) in resolv.conf; a lost answer to "
              + "the second of two packets is often a race in conntrack"),
          .init("As a stopgap use IPv4 only", "curl -4 -v {url}"),
        ]
      ],
      server: [.any: [.init("Let the name server answer AAAA queries too, if only with no address")]],
      steps: [
        .init("Ask for each family by itself", "dig +tries=1 {name|NAME} A ; dig +tries=1 {name|NAME} AAAA")
      ]))
}

/// Names of which one family's addresses came, and the other family's question was repeated in vain.
enum UnansweredFamily {
  static func among(_ lookups: [NameLookup]) -> [NameLookup] {
    let silent = lookups.filter { lookup in
      (lookup.type == 1 || lookup.type == 28) && lookup.responseCode == nil && lookup.queries.count > 1
    }
    guard !silent.isEmpty else { return [] }
    let names = Set(silent.map(\.name))
    return lookups.filter { names.contains($0.name) }
  }
}
