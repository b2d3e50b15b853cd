import Diagnosis
import HandshakeModel
import Testing

@testable import Reporting

@Suite struct PageTests {
  @Test func theComparisonIsOnePage() throws {
    let page = HTMLReport().render(Samples.comparison, working: Samples.working, failing: Samples.failing)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.hasSuffix("</body>\n</html>\n"))
    #expect(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"))
    #expect(page.contains("prefers-color-scheme:dark"))
    try GoldenFile.expect(page, matches: "version.html")
  }

  @Test func everyElementIsClosed() {
    let report = HTMLReport()
    let page =
      report.opening(title: "x") + report.render(Samples.refusedVersion, causes: [Samples.versionCause], detail: .full)
      + report.render(Samples.established, causes: []) + report.summary(Samples.failing, causes: [.tlsVersion: 1])
      + report.closing()
    var open: [Substring] = []
    for tag in page.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      if tag.output.2 == "meta" { continue }
      if tag.output.1.isEmpty {
        open.append(tag.output.2)
      } else {
        #expect(open.popLast() == tag.output.2)
      }
    }
    #expect(open.isEmpty)
  }

  @Test func theComparisonIsAnIssueText() throws {
    try GoldenFile.expect(
      MarkdownReport().render(Samples.comparison, working: Samples.working, failing: Samples.failing),
      matches: "version.md")
  }

  @Test func connectionsAreMarkdownToo() throws {
    let report = MarkdownReport()
    #expect(
      report.render(Samples.established, causes: [])
        == "- ✓ established: 1 · 127.0.0.1:51874 → 127.0.0.1:8443 · localhost · TLS 1.3 · TLS_AES_256_GCM_SHA384 · "
        + "x25519 · 9.12 ms\n")
    let block = report.render(Samples.refusedVersion, causes: [Samples.versionCause])
    #expect(block.contains("### ✗ The server speaks TLS 1.3 only"))
    let full = report.render(Samples.established, causes: [], detail: .full)
    #expect(full.contains("| version | `TLS 1.3` |"))
    #expect(report.summary(Samples.failing, causes: [.tlsVersion: 1]).contains("- 1 × `tls.version`"))
  }
}
