public import Diagnosis
public import HandshakeModel

/// Results in one format. Text, JSON, HTML and Markdown are made once, from a command's options; no command asks later
/// which of them it has. A new format is one type that conforms.
public protocol Report: Sendable {
  /// What stands before the first connection.
  func opening(title: String) -> String

  /// Appends one connection with its causes, most likely first.
  ///
  /// - Parameters:
  ///   - detail: how much to tell, where the format leaves a choice.
  ///   - capture: the capture that it is from, where several are read.
  mutating func append(
    _ connection: borrowing Connection, causes: [Cause], detail: TextReport.Detail, capture: String?,
    to output: inout JSONWriter)

  /// A capture's counts, and how often each cause came up in it.
  func summary(of story: CaptureStory, causes: [CauseCode: Int]) -> String

  /// Attempts to connect to one server that are counted and not told one by one; nil where the summary tells them.
  func unanswered(_ attempts: UnansweredAttempts, capture: String?) -> String?

  /// What stands above the connections of one of several captures; empty where each connection names its own.
  func heading(ofCapture name: String) -> String

  /// What several captures hold together; empty where programs add up for themselves.
  func grandTotal(_ total: GrandTotal) -> String

  /// What stands behind the last summary.
  func closing() -> String

  /// A failure that has no connection to stand in, as a name that did not resolve; nil where the format has no place for
  /// it.
  func failureWithoutConnection(_ cause: Cause, in story: CaptureStory) -> String?

  /// A whole document about a working and a failing capture.
  mutating func document(on comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String

  /// A whole document about a cause code, a mechanism or an alert.
  func document(on explanation: Explanation) -> String

  /// One entry of a list of explanations.
  func entry(_ explanation: Explanation) -> String
}

extension Report {
  public func opening(title: String) -> String { "" }

  public func closing() -> String { "" }

  public func heading(ofCapture name: String) -> String { "" }

  public func grandTotal(_ total: GrandTotal) -> String { "" }

  public func unanswered(_ attempts: UnansweredAttempts, capture: String?) -> String? { nil }

  public func failureWithoutConnection(_ cause: Cause, in story: CaptureStory) -> String? { nil }

  public func entry(_ explanation: Explanation) -> String { "\(explanation.name)  \(explanation.title)\n" }

  /// A whole document about one connection, in full.
  public mutating func document(on connection: Connection, causes: [Cause], title: String) -> String {
    var output = JSONWriter()
    append(connection, causes: causes, detail: .full, capture: nil, to: &output)
    return opening(title: title) + output.text + closing()
  }
}

/// A format of which every part is a text that is made in one go.
public protocol TextualReport: Report {
  func render(_ connection: Connection, causes: [Cause], detail: TextReport.Detail) -> String
  func render(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String
  func render(_ explanation: Explanation) -> String
  func summary(_ story: CaptureStory, causes: [CauseCode: Int]) -> String
}

extension TextualReport {
  public func append(
    _ connection: borrowing Connection, causes: [Cause], detail: TextReport.Detail, capture: String?,
    to output: inout JSONWriter
  ) {
    output.verbatim(render(connection, causes: causes, detail: detail))
  }

  public func summary(of story: CaptureStory, causes: [CauseCode: Int]) -> String { summary(story, causes: causes) }

  public func document(on comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String {
    render(comparison, working: working, failing: failing)
  }

  public func document(on explanation: Explanation) -> String { render(explanation) }
}

extension TextReport: TextualReport {
  public func failureWithoutConnection(_ cause: Cause, in story: CaptureStory) -> String? {
    render(cause, in: story)
  }
}

extension MarkdownReport: TextualReport {}

extension HTMLReport: TextualReport {}

extension JSONReport: Report {
  public mutating func append(
    _ connection: borrowing Connection, causes: [Cause], detail: TextReport.Detail, capture: String?,
    to output: inout JSONWriter
  ) {
    append(connection, causes: causes, capture: capture, to: &output)
  }

  public func summary(of story: CaptureStory, causes: [CauseCode: Int]) -> String { summary(story) }

  public mutating func document(
    on comparison: Comparison, working: CaptureStory, failing: CaptureStory
  ) -> String {
    render(
      comparison, working: working, failing: failing,
      workingCauses: comparison.workingConnection.map { Diagnosis.diagnose($0) } ?? [],
      failingCauses: comparison.causes)
  }

  public func document(on explanation: Explanation) -> String { render(explanation) }

  public func entry(_ explanation: Explanation) -> String { render(explanation) }
}
