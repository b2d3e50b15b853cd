import Diagnosis
import Foundation
import HandshakeModel
import Testing

@testable import Reporting

/// Names from packets must not act on whatever shows them.
@Suite struct HostileTextTests {
  private static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isHostile }
  }

  private static func story(_ name: String) -> CaptureStory {
    var story = Samples.story(name, [Samples.hostileConnection(name)])
    story.damage = name
    story.statistics.undecoded = [name: 1]
    return story
  }

  @Test(arguments: Samples.hostileNames)
  func nothingReachesATerminalUnescaped(name: String) {
    let connection = Samples.hostileConnection(name)
    let causes = [Samples.hostileCause(name)]
    for width in [50, 80, 140] {
      let report = TextReport(width: width)
      let story = Self.story(name)
      let explanation = Explanation(name: name, title: name, paragraphs: [name])
      let outputs = [
        report.render(Samples.hostileComparison(name), working: story, failing: story),
        report.render(connection, causes: causes), report.render(connection, causes: causes, detail: .full),
        report.summary(story, causes: [:]), report.render(explanation),
        LiveLine(width: width).render(connection, causes: causes),
      ]
      for output in outputs { #expect(Self.isHarmless(output)) }
    }
  }

  @Test func aNewlineInANameDoesNotStartALine() {
    let text = TextReport(width: 80).render(
      Samples.hostileConnection("two\nlines"), causes: [Samples.hostileCause("two\nlines")])
    #expect(text.contains("two\\x0alines"))
  }

  @Test func controlCharactersAreSpelledOut() {
    #expect("\u{1b}[2J".escapedForDisplay == "\\x1b[2J")
    #expect("a\0b\u{7f}".escapedForDisplay == "a\\x00b\\x7f")
    #expect("\u{9b}31m".escapedForDisplay == "\\u{9b}31m")
    #expect("\u{202e}abc\u{2066}".escapedForDisplay == "\\u{202e}abc\\u{2066}")
    #expect("naïve 日本 ok".escapedForDisplay == "naïve 日本 ok")
  }

  @Test(arguments: Samples.hostileNames)
  func nothingReachesAPageUnescaped(name: String) {
    let connection = Samples.hostileConnection(name)
    let causes = [Samples.hostileCause(name)]
    let report = HTMLReport()
    let story = Self.story(name)
    let page =
      report.render(Samples.hostileComparison(name), working: story, failing: story)
      + report.render(connection, causes: causes, detail: .full) + report.summary(story, causes: [:])
      + report.render(Explanation(name: name, title: name, paragraphs: [name]))
    #expect(Self.isHarmless(page))
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("onerror=alert(1)>"))
    // Every tag is one of the report's own.
    let tags = Set(page.matches(of: /<\/?([a-zA-Z0-9!]+)/).map { String($0.output.1) })
    let known: Set<String> = [
      "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "h3", "p", "code", "table", "tr",
      "td", "th", "small", "strong", "pre", "ul", "li", "details", "summary", "section", "span", "dl", "dt", "dd",
    ]
    #expect(tags.isSubset(of: known))
  }

  @Test func referencesReplaceWhatHTMLReads() {
    #expect(HTMLWriter.escape("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;")
  }

  @Test(arguments: Samples.hostileNames)
  func nothingActsAsMarkdown(name: String) {
    let connection = Samples.hostileConnection(name)
    let causes = [Samples.hostileCause(name)]
    let report = MarkdownReport()
    let story = Self.story(name)
    let text =
      report.render(Samples.hostileComparison(name), working: story, failing: story)
      + report.render(connection, causes: causes, detail: .full) + report.summary(story, causes: [:])
    #expect(Self.isHarmless(text))
    let outside = Self.linesOutsideCodeBlocks(text)
    #expect(outside.contains("### What to do"), "a code block was left open, or closed too early")
    for line in outside {
      #expect(!Self.withoutCodeSpans(line).contains(/<(script|img)/))
      #expect(line != "# escape")
    }
  }

  /// As CommonMark §4.5 reads them: a fence closes with at least as many backticks and nothing else.
  private static func linesOutsideCodeBlocks(_ text: String) -> [String] {
    var lines: [String] = []
    var fence = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.drop { $0 == " " }
      let run = trimmed.prefix { $0 == "`" }.count
      if fence == 0, run >= 3, !trimmed.dropFirst(run).contains("`") {
        fence = run
      } else if fence > 0, run >= fence, trimmed.count == run {
        fence = 0
      } else if fence == 0 {
        lines.append(String(line))
      }
    }
    return lines
  }

  /// Spans of code as CommonMark §6.1 reads them, cut out.
  private static func withoutCodeSpans(_ line: String) -> String {
    var rest = line[...]
    var kept = ""
    while let start = rest.firstIndex(of: "`") {
      kept += rest[..<start]
      let fence = rest[start...].prefix { $0 == "`" }
      rest = rest[fence.endIndex...]
      if let end = rest.ranges(of: fence).first(where: { range in
        range.upperBound == rest.endIndex || rest[range.upperBound] != "`"
      }) {
        rest = rest[end.upperBound...]
      }
    }
    return kept + rest
  }

  @Test func markdownIsEscaped() {
    #expect(MarkdownText.escape("a|b`c`*d*") == "a\\|b\\`c\\`\\*d\\*")
    #expect(MarkdownText.escape("<b> & protocol_version _x_") == "&lt;b&gt; &amp; protocol_version \\_x\\_")
    #expect(MarkdownText.escape("@everyone") == "@<!-- -->everyone")
    #expect(MarkdownText.escape("# heading") == "\\# heading")
    #expect(MarkdownText.escape("1. item") == "1\\. item")
    #expect(MarkdownText.code("a`b``c") == "```a`b``c```")
    #expect(MarkdownText.code("`x") == "`` `x ``")
    #expect(MarkdownText.code("a|b", inTable: true) == "`a\\|b`")
    #expect(MarkdownText.codeBlock("```\nx\n```") == "````\n```\nx\n```\n````\n")
  }

  @Test(arguments: Samples.hostileNames)
  func jsonCarriesNamesExactly(name: String) throws {
    var report = JSONReport()
    let text = report.render(Samples.hostileConnection(name), causes: [Samples.hostileCause(name)])
    #expect(Self.isHarmless(text))
    #expect(text.filter { $0 == "\n" }.count == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let hellos = try #require(object["client_hellos"] as? [[String: Any]])
    #expect(hellos.first?["server_name"] as? String == name)
    #expect(hellos.first?["alpn"] as? [String] == [name])
  }
}
