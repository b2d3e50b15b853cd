public import Diagnosis
public import HandshakeModel

/// Results as one HTML page that needs nothing else: no script, no style sheet, no network.
public struct HTMLReport: Sendable {
  let clock: Clock

  /// - Parameter clock: whose time of day is told.
  public init(clock: Clock = .utc) { self.clock = clock }

  /// A whole page about a working and a failing capture.
  public func render(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String {
    var page = HTMLWriter(clock: clock)
    page.comparison(comparison, working: working, failing: failing)
    return opening(title: "tlswhy: \(failing.name) against \(working.name)") + page.text + closing()
  }

  /// The start of a page that ``render(_:causes:detail:)`` and ``summary(_:causes:)`` fill and ``closing()`` ends.
  public func opening(title: String) -> String {
    var page = HTMLWriter(clock: clock)
    page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    // Nothing may be loaded or run, whatever slipped in.
    page.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
    page.markup("style-src 'unsafe-inline'\">\n")
    page.element("title", title)
    page.markup("<style>\n")
    page.markup(HTMLStyleSheet.text)
    page.markup("\n</style>\n</head>\n<body>\n")
    return page.text
  }

  /// The end of a page.
  public func closing() -> String { "</body>\n</html>\n" }

  /// One connection, as a section of a page.
  public func render(_ connection: Connection, causes: [Cause], detail: TextReport.Detail = .brief) -> String {
    var page = HTMLWriter(clock: clock)
    page.connection(connection, causes: causes, isFull: detail == .full)
    return page.text
  }

  /// A capture's counts, as a section of a page.
  public func summary(_ story: CaptureStory, causes: [CauseCode: Int]) -> String {
    var page = HTMLWriter(clock: clock)
    page.summary(story, causes: causes)
    return page.text
  }

  /// The name of one of several captures, above its connections.
  public func heading(ofCapture name: String) -> String {
    var page = HTMLWriter(clock: clock)
    page.element("h2", name)
    return page.text
  }

  /// What several captures hold together, by cause and by server.
  public func grandTotal(_ total: GrandTotal) -> String {
    var page = HTMLWriter(clock: clock)
    page.grandTotal(total)
    return page.text
  }

  /// What a code or an alert means, as a whole page.
  public func render(_ explanation: Explanation) -> String {
    var page = HTMLWriter(clock: clock)
    page.explanation(explanation)
    return opening(title: "tlswhy: \(explanation.name)") + page.text + closing()
  }
}
