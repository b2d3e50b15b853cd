import TLSProtocol

/// What to do about a cause: looked up by its mechanism and by the stacks that were seen.
public enum Remedies {
  /// Remedies for both sides, the side that can mend it better first. A named stack's own settings are preferred; where
  /// it has none for this cause, or the stack is not known, the general advice stands.
  public static func `for`(
    code: CauseCode, client: Stack?, server: Stack?, context: RemedyContext = RemedyContext()
  ) -> [Remedy] {
    remedies(code.mechanism.advice, client: client, server: server, context)
  }

  /// Remedies of one mechanism's advice, in the same order.
  static func remedies(
    _ advice: Advice, client: Stack?, server: Stack?, _ context: RemedyContext
  ) -> [Remedy] {
    let sides: [(Role, Stack?)] = [(.client, client), (.server, server)]
    let ordered = advice.mends == .client ? sides : sides.reversed()
    return ordered.flatMap { side, stack in remedies(advice.remedies(for: side), side, stack, context) }
  }

  /// At most this many for one side: a list that nobody reads helps nobody.
  static let limit = 4

  private static func remedies(
    _ templates: [Audience: [RemedyTemplate]], _ side: Role, _ stack: Stack?, _ context: RemedyContext
  ) -> [Remedy] {
    var remedies: [Remedy] = []
    for audience in stack.map(Audience.of) ?? [] {
      let name = "\(audience.rawValue) \(side.rawValue)"
      remedies += (templates[audience] ?? []).filter { !$0.isBeside(context) }.map { $0.remedy(for: name, context) }
    }
    if remedies.isEmpty {
      let name = stack.map { "\($0.shortName) \(side.rawValue)" } ?? side.rawValue
      remedies = (templates[.any] ?? []).map { $0.remedy(for: name, context) }
    }
    return Array(remedies.prefix(limit))
  }
}
