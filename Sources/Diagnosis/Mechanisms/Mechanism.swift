import HandshakeModel
import TLSProtocol

/// One way in which a handshake comes to fail, with everything about it: what it is, how it shows, what helps, and what
/// confirms it. A cause code says what is wrong; a mechanism says how that comes about, and so what helps.
///
/// A mechanism stands in one file, `Mechanisms/<Layer>/<Name>.swift`, and in one line of ``all``. It reads values, never
/// bytes, and decides from how the protocol and its stacks behave: never from a file's name, an address, a port, or a
/// size that belongs to one sample.
struct Mechanism: Sendable {
  let id: MechanismID
  let about: CauseDescription
  /// The stage at which a handshake with this mechanism departs from one that works; nil where nothing failed.
  let stage: Stage?
  /// Signs that a story must show before the mechanism is asked at all.
  let wakes: Signs
  /// Whose condition it is.
  let binds: Set<Party>
  /// The condition, asked of either story; nil where the mechanism is a mere event that no other story could show.
  let state: (@Sendable (Story) -> State?)?
  /// What came of the condition in the failing story; nil where nothing did.
  let reaction: @Sendable (State?, Inquiry) -> Claim?
  let advice: Advice

  /// A mechanism that has a condition of its own. It is asked of both stories: one that the working story shows too, for
  /// the same party, did not make the other one fail.
  init(
    _ id: MechanismID, _ about: CauseDescription, stage: Stage?, binds: Set<Party>,
    state: @escaping @Sendable (Story) -> State?,
    reaction: @escaping @Sendable (State, Inquiry) -> Claim?,
    advice: Advice = Advice()
  ) {
    self.init(
      id: id, about: about, stage: stage, binds: binds, state: state,
      reaction: { state, inquiry in state.flatMap { reaction($0, inquiry) } }, advice: advice)
  }

  /// A mechanism that is an event: it happened in the failing story or it did not.
  init(
    _ id: MechanismID, _ about: CauseDescription, stage: Stage?,
    event: @escaping @Sendable (Inquiry) -> Claim?,
    advice: Advice = Advice()
  ) {
    self.init(
      id: id, about: about, stage: stage, binds: [.moment], state: nil, reaction: { _, inquiry in event(inquiry) },
      advice: advice)
  }

  private init(
    id: MechanismID, about: CauseDescription, stage: Stage?, binds: Set<Party>, state: (@Sendable (Story) -> State?)?,
    reaction: @escaping @Sendable (State?, Inquiry) -> Claim?, advice: Advice
  ) {
    (self.id, self.about, self.stage, self.binds) = (id, about, stage, binds)
    // That a reason is not known can be said of any failure.
    wakes = id.code == .tlsUnknown ? [] : Signs(of: stage)
    (self.state, self.reaction, self.advice) = (state, reaction, advice)
  }
}

/// Whose condition a mechanism is about.
enum Party: Sendable, Hashable {
  case client
  case server
  /// The network between them.
  case path
  /// Nobody's: it belongs to the moment at which it happened, and another story says nothing about it.
  case moment
}

/// A condition of one party, as one story shows it.
struct State: Sendable, Hashable {
  /// What the condition is about, as `SHA256:ab12…` or `1024`: two stories share it where these are equal.
  var subject: String
  var observations: [Observation]

  init(_ subject: String = "", _ observations: [Observation] = []) {
    (self.subject, self.observations) = (subject, observations)
  }
}

/// What a mechanism says of one failing story.
struct Claim: Sendable, Hashable {
  /// How surely the story speaks of it.
  var grade: Grade
  /// One sentence without a final full stop.
  var headline: String
  /// What the claim rests on, and explains.
  var observations: [Observation]
  /// The headline where an endpoint's log says the same; nil where the headline is no inference and so stands as it is.
  var toldHeadline: String?

  /// Causes that fit as well and are the commoner reading: at an equal grade they go before this one.
  private(set) var yields: Set<CauseCode> = []
  /// How sure the line of an endpoint's log is that says so; `possible` where none says so without a doubt.
  var told = Confidence.possible

  /// The packets speak against what a log says.
  var isContradicted: Bool { observations.contains { $0.kind == .contradiction } }

  /// The same claim, which at an equal grade goes behind one of these causes.
  func yielding(to codes: CauseCode...) -> Claim {
    var claim = self
    claim.yields.formUnion(codes)
    return claim
  }

  /// Packets show it in so many words, or they let it be inferred, which a log may turn into knowledge.
  var isInferred: Bool { toldHeadline != nil }

  init(_ grade: Grade, _ headline: String, _ observations: [Observation], told: String? = nil) {
    (self.grade, self.headline, self.observations) = (grade, headline, observations)
    toldHeadline = told
  }
}
