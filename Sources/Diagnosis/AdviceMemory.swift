import HandshakeModel
import TLSProtocol

/// Remembers what helps against a cause, and whose hello is whose. In a long capture the same failures come back, and
/// finding the same words for each of them costs more than finding out what failed.
struct AdviceMemory: Sendable {
  /// What advice follows from.
  private struct Key: Hashable {
    let code: CauseCode
    let client: Stack?
    let server: Stack?
    let context: RemedyContext
  }

  private var known: [Key: (remedies: [Remedy], steps: [NextStep])] = [:]
  private var clients: [ShapeKey: StackGuess?] = [:]
  private static let limit = 512

  /// A hello's shape, by identity: hellos of one shape share the object. Holding it keeps its address from being used
  /// again.
  private struct ShapeKey: Hashable {
    let shape: ClientHelloShape
    let namesServer: Bool

    static func == (left: Self, right: Self) -> Bool {
      left.shape === right.shape && left.namesServer == right.namesServer
    }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(shape)) }
  }

  /// What ``Stack/client(_:)`` says.
  mutating func client(_ hello: ClientHello) -> StackGuess? {
    let key = ShapeKey(shape: hello.shape, namesServer: hello.serverName != nil)
    if let guess = clients[key] { return guess }
    let guess = Stack.client(hello)
    if clients.count >= Self.limit { clients.removeAll(keepingCapacity: true) }
    clients[key] = guess
    return guess
  }

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
