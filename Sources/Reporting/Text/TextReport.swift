public import Diagnosis
public import HandshakeModel

/// Results as text for people: the verdict first, then what proves it, then what to do.
public struct TextReport: Sendable {
  /// Colours and characters that the output may have.
  public var style: Style
  /// Cells of a terminal line; under 60 ladders stack instead of standing side by side.
  public var width: Int
  /// Whose time of day is told.
  public var clock: Clock
  /// How much is told of a comparison.
  public var comparisonDetail = ComparisonDetail.full
  /// Explain the differences that were set aside too.
  public var explainsHarmless: Bool

  public init(style: Style = Style(), width: Int = 80, clock: Clock = .utc, explainsHarmless: Bool = false) {
    self.style = style
    self.width = width
    self.clock = clock
    self.explainsHarmless = explainsHarmless
  }

  /// How much to tell of one connection.
  public enum Detail: Sendable {
    /// A line for one that was established, else a block with verdict, evidence and remedies.
    case brief
    /// Everything: ladder, every field, certificates, network facts, frames.
    case full
  }

  /// How much to tell of a comparison.
  public enum ComparisonDetail: Sendable {
    /// The verdict in a line, and what it is called in another.
    case headline
    /// What fits on a screen.
    case gist
    /// Everything.
    case full
  }

  /// What a failing capture does differently from a working one, and why that fails.
  public func render(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    switch comparisonDetail {
    case .headline:
      document.headline(comparison, unbroken: true)
      return document.text
    case .gist:
      document.gist(ComparisonGist(comparison: comparison, working: working, failing: failing))
      return document.text
    case .full: break
    }
    document.swapped(comparison)
    document.verdict(comparison.causes.first)
    document.besides(comparison)
    document.evidence(comparison.causes.first, namesCaptures: true)
    document.displayFilters(comparison)
    document.ladders(comparison, working: working, failing: failing)
    document.remedies(comparison.causes.first)
    document.nextSteps(comparison.causes.first)
    document.otherCauses(comparison.causes.dropFirst())
    document.differences(comparison.differences, explainsHarmless: explainsHarmless)
    document.notes(comparison.notes + [working.damage, failing.damage].compactMap { $0 })
    document.commandsInFull()
    return document.text
  }

  /// One connection, with its causes most likely first.
  public func render(_ connection: Connection, causes: [Cause], detail: Detail = .brief) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    switch detail {
    case .brief: document.brief(connection, causes: causes)
    case .full: document.full(connection, causes: causes)
    }
    return document.text
  }

  /// The name of one of several captures, above its connections.
  public func heading(ofCapture name: String) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    document.line(StyledText(name, .bold))
    return document.text
  }

  /// What several captures hold together.
  public func grandTotal(_ total: GrandTotal) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    document.line("")
    document.grandTotal(total)
    return document.text
  }

  /// The counts of a capture, and how often each cause came up in it.
  public func summary(_ story: CaptureStory, causes: [CauseCode: Int]) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    document.summary(story, causes: causes)
    return document.text
  }
}
