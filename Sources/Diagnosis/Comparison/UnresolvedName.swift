public import HandshakeModel
public import NetworkValues

/// A name that one client looked up in vain.
public struct UnresolvedName: Sendable {
  /// The name that was asked for, as DNS spells it.
  public var name: String
  /// Who asked.
  public var client: IPAddress
  /// Of the last question or answer.
  public var time: Timestamp
  /// What kept the name from resolving.
  public var cause: Cause
}

extension Diagnosis {
  /// The names whose lookups are over and gave no address, while a capture goes on. A second after the last answer no
  /// resolver is about to try another search domain; ten after the first question nobody answers any more.
  ///
  /// - Parameters:
  ///   - isOver: whether the capture has ended, so that nothing more can come.
  ///   - isKnown: whether a client's name was told before, which spares finding out why once more.
  public static func unresolvedNames(
    among lookups: [NameLookup], now: Timestamp, isOver: Bool = false,
    isKnown: (_ name: String, _ client: IPAddress) -> Bool = { _, _ in false }
  ) -> [UnresolvedName] {
    var order: [Asked] = []
    var groups: [Asked: [NameLookup]] = [:]
    for lookup in UnresolvedNames.among(lookups) {
      let asked = Asked(name: lookup.name, client: lookup.client)
      if isKnown(asked.name, asked.client) { continue }
      if groups[asked] == nil { order.append(asked) }
      groups[asked, default: []].append(lookup)
    }
    return order.compactMap { asked in
      guard let group = groups[asked] else { return nil }
      let notes = group.flatMap { $0.queries + [$0.response].compactMap(\.self) }
      guard let first = notes.map(\.time).min(), let last = notes.map(\.time).max() else { return nil }
      let isAnswered = group.allSatisfy { $0.response != nil }
      guard isAnswered ? isOver || now.seconds(since: last) >= 1 : now.seconds(since: first) >= 10 else { return nil }
      let attempt = Attempt(connections: [], lookups: group)
      guard let cause = diagnose(Inquiry(attempt: attempt, connection: nil)).first, cause.code == .dnsNoAnswer else {
        return nil
      }
      return UnresolvedName(name: asked.name, client: asked.client, time: last, cause: cause)
    }
  }

  private struct Asked: Hashable {
    var name: String
    var client: IPAddress
  }
}
