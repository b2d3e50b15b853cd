import Reporting
import Testing

/// What holds of every format.
@Suite struct ReportTests {
  private static let explanation = Explanation(name: "tls.version", title: "No common version", paragraphs: ["Why."])

  @Test func aPageAboutACodeBeginsAndEndsOnce() {
    let page = HTMLReport().document(on: Self.explanation)
    #expect(page.split(separator: "<!DOCTYPE", omittingEmptySubsequences: false).count == 2)
    #expect(page.split(separator: "</html>", omittingEmptySubsequences: false).count == 2)
  }

  @Test func everyFormatListsAnEntryOnOneLine() {
    let reports: [any Report] = [TextReport(), JSONReport(), MarkdownReport(), HTMLReport()]
    for report in reports {
      let entry = report.entry(Self.explanation)
      #expect(entry.contains("tls.version") && entry.contains("No common version"))
      #expect(entry.filter { $0 == "\n" }.count == 1 && entry.hasSuffix("\n"))
    }
  }
}
