import HandshakeModel

/// A mechanism whose condition did not make the failing story fail: the working story, which did not fail, shows it too.
public struct Exclusion: Sendable, Hashable {
  /// The cause that is ruled out.
  public let code: CauseCode
  /// Nil for the code's general mechanism.
  public let mechanism: MechanismID?
  /// What the mechanism is, as a heading.
  public let title: String
  /// The condition that both stories show, as a sentence without a final full stop.
  public let text: String
  /// The frames that show the condition.
  public let failingFrames: [Int]
  /// Frames of the working capture that rule it out.
  public let workingFrames: [Int]

  /// Nil where the working story says nothing about the parties whose condition it is. The other side has to be the same
  /// too: what one server takes, another may refuse. A proof stands in any case: who says in so many words what is wrong is
  /// believed.
  init?(_ mechanism: Mechanism, _ claim: Claim, _ state: State, _ failing: Story, _ working: Story) {
    guard claim.grade < .proof, !mechanism.restsOnVerification,
      working.connection?.outcome == .established,
      failing.shares(mechanism.binds.union([.client, .server]), with: working),
      let same = mechanism.state?(working), same.subject == state.subject
    else { return nil }
    code = mechanism.id.code
    self.mechanism = mechanism.id.detail == nil ? nil : mechanism.id
    title = mechanism.about.title
    text = state.observations.map(\.text).joined(separator: "; ") + ", and so it is in the working capture"
    failingFrames = Set(state.observations.flatMap(\.frames)).sorted()
    workingFrames = Set(same.observations.flatMap(\.frames)).sorted()
  }
}

extension Mechanism {
  /// Whether the client minds depends on whether it verifies certificates, which is a setting that no packet shows:
  /// `curl` and `curl -k` look alike, so that a client that went on need not have trusted anything.
  fileprivate var restsOnVerification: Bool {
    id.code.layer == .certificate && id.code != .certClientRequired && id.code != .certClientRejected
  }
}
