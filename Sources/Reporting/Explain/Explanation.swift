public import Diagnosis

/// What `tlswhy explain` prints: a cause code or an alert, with all that is known of it.
public struct Explanation: Sendable, Hashable {
  /// A heading and what stands under it, an item a line.
  public struct List: Sendable, Hashable {
    /// What the items are.
    public var title: String
    /// In words.
    public var items: [String]
    public init(title: String, items: [String]) { (self.title, self.items) = (title, items) }
  }

  /// `tls.version`, `protocol_version (70)`.
  public var name: String
  /// One sentence without a final full stop.
  public var title: String
  /// What it means.
  public var paragraphs: [String]
  /// What causes it, by title.
  public var lists: [List]
  /// What helps.
  public var remedies: [Remedy]
  /// What to look at.
  public var nextSteps: [NextStep]

  public init(
    name: String, title: String, paragraphs: [String] = [], lists: [List] = [], remedies: [Remedy] = [],
    nextSteps: [NextStep] = []
  ) {
    self.name = name
    self.title = title
    self.paragraphs = paragraphs
    self.lists = lists
    self.remedies = remedies
    self.nextSteps = nextSteps
  }

  /// The advice alone, in the form that the renderers know.
  var cause: Cause {
    Cause(.none, title, confidence: .certain, evidence: [], remedies: remedies, nextSteps: nextSteps)
  }
}
