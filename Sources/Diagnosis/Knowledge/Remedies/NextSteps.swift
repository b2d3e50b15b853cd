import TLSProtocol

/// What to run or collect to confirm a cause, or to make a likely one certain.
public enum NextSteps {
  /// Steps for a cause: what confirms it, then, where TLS hides the reason, the logs and keys that would show it.
  public static func `for`(
    code: CauseCode, client: Stack? = nil, server: Stack? = nil, context: RemedyContext = RemedyContext()
  ) -> [NextStep] {
    steps(code.mechanism.advice, client: client, server: server, context)
  }

  /// Steps of one mechanism's advice. Whose log was read is not asked for it once more.
  static func steps(
    _ advice: Advice, client: Stack?, server: Stack?, _ context: RemedyContext, read logs: LogEvidence = LogEvidence()
  ) -> [NextStep] {
    var steps = advice.steps.filter { !$0.isBeside(context) }.map { $0.step(context) }
    guard advice.asksForLogs else { return steps }
    if logs.client == nil { steps += evidence(client, .client) }
    if logs.server == nil { steps += evidence(server, .server) }
    return steps
  }

  /// How to make one side say what it saw.
  private static func evidence(_ stack: Stack?, _ side: Role) -> [NextStep] {
    guard let stack, let profile = StackProfile.of(stack.family) else {
      return side == .client
        ? [NextStep("Read the client's own log, and pass it with --client-log")]
        : [NextStep("Read the server's log for that second, and pass it with --server-log")]
    }
    return profile.logging(LoggingSide(stack: stack, role: side))
  }
}
