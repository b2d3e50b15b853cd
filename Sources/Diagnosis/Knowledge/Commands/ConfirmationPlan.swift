/// Two commands that test a verdict: one that should fail as the client did, one with a single change that should pass.
public struct ConfirmationPlan: Sendable, Hashable {
  /// Fails as the capture did.
  public var reproduce: NextStep
  /// Differs in the cause alone, and works; nil where no such command exists.
  public var change: NextStep?
  /// What the commands cannot say exactly.
  public var notes: [String]

  init(_ reproduce: NextStep, _ change: NextStep?, notes: [String] = []) {
    (self.reproduce, self.change, self.notes) = (reproduce, change, notes)
  }

  /// Both, in order, as steps of a report; the notes are told with the first.
  public var steps: [NextStep] {
    var first = reproduce
    if !notes.isEmpty { first.text += " (\(notes.joined(separator: "; ")))" }
    return [first] + (change.map { [$0] } ?? [])
  }
}
