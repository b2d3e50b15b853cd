import HandshakeModel

/// Remembers what helps against a cause. In a long capture the same failures come back, and filling in the same words for
/// each of them costs more than finding out what failed.
struct AdviceMemory: Sendable {
  /// What advice follows from.
  private struct Key: Hashable {
    let code: CauseCode
    let client: Stack?
    let server: Stack?
    let context: RemedyContext
  }

  private var known: [Key: (remedies: [Remedy], steps: [NextStep])] = [:]
  private static let limit = 512

  mutating func advice(
    for code: CauseCode, _ stacks: (client: Stack?, server: Stack?), _ context: RemedyContext
  ) -> (remedies: [Remedy], steps: [NextStep]) {
    let key = Key(code: code, client: stacks.client, server: stacks.server, context: context)
    if let advice = known[key] { return advice }
    let advice = (
      Remedies.for(code: code, client: stacks.client, server: stacks.server, context: context),
      NextSteps.for(code: code, client: stacks.client, server: stacks.server, context: context)
    )
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    known[key] = advice
    return advice
  }
}
