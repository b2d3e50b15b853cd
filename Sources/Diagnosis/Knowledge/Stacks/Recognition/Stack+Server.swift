public import HandshakeModel

extension Stack {
  /// The stack that a server's answers look like: weaker than a client's guess, since a ServerHello says little.
  public static func server(_ connection: Connection) -> StackGuess? {
    banner(connection.transcript) ?? answer(connection.transcript)
  }

  /// A plaintext answer may name its program.
  private static func banner(_ transcript: Transcript) -> StackGuess? {
    guard !transcript.serverPrefix.isEmpty else { return nil }
    let text = Array(transcript.serverPrefix.prefix(1024))
    for (needle, stack) in banners where LogText.find(needle, in: text) != nil {
      return StackGuess(stack, confidence: .likely, traits: ["it names itself in plaintext"])
    }
    return nil
  }

  /// The first stack whose way of answering it is.
  private static func answer(_ transcript: Transcript) -> StackGuess? {
    guard let answer = ServerAnswer(transcript) else { return nil }
    for stack in answering {
      guard let found = stack.answer(answer) else { continue }
      return StackGuess(
        Stack(stack.family, product: found.product), confidence: found.confidence, traits: found.traits)
    }
    return nil
  }

  private static let banners: [(text: String, stack: Stack)] = StackProfile.all.flatMap { stack in
    stack.programs.flatMap { program in
      program.banners.map { ($0, Stack(stack.family, product: program.product)) }
    }
  }

  private static let answering = StackProfile.all.map { (family: $0.family, answer: $0.answer) }
}
