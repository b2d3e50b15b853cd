import Foundation
import Testing

/// `compare` where the commands themselves have something to say, and captures that were given the wrong way round.
@Suite struct CompareTests {
  @Test(arguments: ["text", "markdown", "html"])
  func swappedCapturesAreToldBeforeTheVerdict(_ format: String) throws {
    let run = try Program.run(["diff", Sample.failing("version"), Sample.working("version"), "--format", format])
    #expect(run.status == 1)
    let swapped = try #require(run.output.range(of: "Swapped? The capture given as working fails"))
    let verdict = try #require(run.output.range(of: "✓ The handshake completed"))
    #expect(swapped.upperBound < verdict.lowerBound)
    let right = try Program.run(["diff", Sample.working("version"), Sample.failing("version"), "--format", format])
    #expect(!right.output.contains("Swapped?"))
  }

  @Test func quietTellsASwapInTwoLines() throws {
    let run = try Program.run(["diff", "-q", Sample.failing("version"), Sample.working("version")])
    #expect(
      run.output == """
        ! Swapped? The capture given as working fails, and the one given as failing works
          exchange the two and compare again

        """)
  }

  @Test(.enabled(if: LiveLab.isAvailable, "needs root"))
  func aCommandThatDoesNotStartEndsIt() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      "$tlswhy" compare --working 'curl -sk https://localhost:8443/' --failing nosuchprogram; echo "status $?"
      "$tlswhy" compare --working ./cert.pem --failing true; echo "status $?"
      """)
    #expect(run.output == "status 2\nstatus 2\n")
    #expect(run.complaints.count == 2)
    #expect(run.complaints.first?.hasPrefix("tlswhy: `nosuchprogram` did not start, exit code 127: ") == true)
    #expect(run.complaints.last?.hasPrefix("tlswhy: `./cert.pem` did not start, exit code 126: ") == true)
  }

  @Test(.enabled(if: LiveLab.isAvailable, "needs root"))
  func whatACommandPrintedIsShownWhereItCalledNobody() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      "$tlswhy" compare --working 'curl -sk https://localhost:8443/' \
        --failing 'printf "no class \\033[2J\\n" >&2; seq 20; exit 3'; echo "status $?"
      "$tlswhy" compare --format json --working 'curl -sk https://localhost:8443/' --failing 'exit 4' 2>/dev/null
      """)
    #expect(run.output.hasPrefix("? The failing command made no connection: it ended with exit code 3\n"))
    #expect(run.output.contains("status 1\n"))
    #expect(run.errors.contains("sent no packets that could be seen, ended with exit code 3, and printed:\n"))
    #expect(run.errors.contains("  | no class \\x1b[2J\n  | 1\n") && !run.errors.contains("\u{1b}"))
    #expect(run.errors.contains("  | [13 lines left out; -v shows them]\n") && run.errors.hasSuffix("  | 20\n"))
    // What worked is not repeated.
    #expect(!run.errors.contains("curl"))
    let json = try #require(run.output.split(separator: "\n").last.map { Data($0.utf8) })
    let report = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    let cause = try #require((report["causes"] as? [[String: Any]])?.first)
    #expect(cause["code"] as? String == "capture.incomplete")
    #expect(cause["title"] as? String == "The failing command made no connection: it ended with exit code 4")
  }

  @Test(.enabled(if: LiveLab.isAvailable, "needs root"))
  func whatAFailingCommandPrintedIsShown() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      "$tlswhy" compare --working 'curl -sk https://localhost:8443/' --failing 'curl -sS https://localhost:8443/' > /dev/null
      """)
    #expect(run.errors.contains("ended with exit code 60, and printed:\n  | curl: (60)"), "\(run.errors)")
  }
}
