import Foundation
import HandshakeModel
import PacketCapture
import Testing

@testable import TlswhyCommand

/// What comes through a pipe is told as it happens, whoever keeps the pipe open.
@Suite struct LivePipeTests {
  /// A shell in which `pipe` is a named pipe that descriptor 3 keeps open, `$tlswhy` the program, and `await FILE PATTERN`
  /// waits for a line, for 12 seconds at most.
  private func run(_ script: String) throws -> Run {
    let folder = try TemporaryFolder()
    return try Program.shell(
      """
      export tlswhy='\(Program.executable.path)' samples="$PWD/samples"
      cd '\(folder.url.path)' && mkfifo pipe
      await() { for _ in {1..240}; do grep -q -- "$2" "$1" 2>/dev/null && return; sleep 0.05; done; echo "no $2"; }
      \(script)
      """)
  }

  @Test(arguments: ["text", "json", "markdown", "html"], ["INT", "TERM"])
  func aFailureIsToldThoughThePipeStaysOpenAndASignalEndsIt(_ format: String, _ signal: String) throws {
    let run = try run(
      """
      "$tlswhy" analyze pipe --format \(format) > out 2> errors & exec 3> pipe
      cat "$samples/version/failing.pcap" >&3
      await out tls.version; kill -\(signal) $!; wait $!; echo "status $?" > status
      cat out errors; cat status
      """)
    let whole = try Program.run(["analyze", Sample.failing("version"), "--format", format])
    let same = whole.output.replacing(Sample.failing("version"), with: "pipe")
    #expect(run.output == same + "status 1\n")
  }

  @Test func halfAPacketKeepsNobodyBack() throws {
    let run = try run(
      """
      "$tlswhy" analyze pipe --format json > out 2> errors & exec 3> pipe
      cat "$samples/version/failing.pcap" >&3; head -c 60 "$samples/version/failing.pcap" | tail -c 36 >&3
      await out tls.version; kill -INT $!; wait $!; echo "status $?"; cat errors
      """)
    #expect(run.output == "status 1\n")
  }

  @Test(arguments: ["", "head -c 10 $samples/version/failing.pcap >&3", "head -c 24 $samples/version/failing.pcap >&3"])
  func aPipeThatBroughtNothingEndsWell(_ command: String) throws {
    let run = try run(
      """
      "$tlswhy" analyze pipe > out 2> errors & exec 3> pipe; \(command)
      sleep 0.5; kill -INT $!; wait $!; echo "status $?"; cat out errors
      """)
    #expect(run.output.hasPrefix("status 0\n"), "\(run.output)")
    #expect(run.output.contains("0 connections"))
  }

  @Test func aNamedPipeThatNobodyOpensCanBeLeft() throws {
    let run = try run(
      """
      "$tlswhy" analyze pipe > out 2> errors & sleep 0.5; kill -TERM $!; wait $!; echo "status $?"; cat errors
      """)
    #expect(run.output == "status 0\n")
  }

  @Test func showAndDiffReportWhatThereWas() throws {
    for command in ["show -", "diff - \"$samples/version/failing.pcap\""] {
      let name = command.hasPrefix("show") ? "failing" : "working"
      let run = try run(
        """
        "$tlswhy" \(command) < pipe > out 2> errors & exec 3> pipe
        cat "$samples/version/\(name).pcap" >&3; sleep 0.3; kill -INT $!; wait $!; echo "status $?"; cat errors out
        """)
      #expect(run.output.hasPrefix("status 1\n"), "\(run.output)")
      #expect(run.output.contains("tls.version"))
    }
  }

  @Test func whoNoLongerReadsEndsIt() throws {
    let run = try run(
      """
      exec 3<> pipe; cat "$samples/version/failing.pcap" >&3
      timeout 20 "$tlswhy" analyze pipe 2> errors | head -1 > /dev/null; echo "status ${PIPESTATUS[0]}"; cat errors
      """)
    #expect(run.output == "status 0\n")
  }

  @Test(arguments: ["text", "json", "markdown", "html"])
  func anOldFileThroughAPipeGivesTheSameAsTheFile(_ format: String) throws {
    for name in Sample.names {
      for path in [Sample.failing(name), Sample.working(name)] {
        let piped = try Program.shell("cat \(path) | tlswhy analyze - --format \(format)")
        let named = try Program.run(["analyze", path, "--format", format])
        if format == "text" || format == "markdown" {
          #expect(Self.words(piped.output).map { $0 == "-:" ? "\(path):" : $0 } == Self.words(named.output))
        } else {
          #expect(piped.output == named.output.replacing(path, with: "-"))
        }
        #expect(piped.status == named.status)
      }
    }
  }

  /// The words of a report, whose lines break where the name of its capture lets them.
  private static func words(_ report: String) -> [String] {
    report.replacing("\\-:", with: "-:").split(whereSeparator: \.isWhitespace).map(String.init)
  }

  // MARK: The clock

  private static let interval = 1_000_000_000 as Int64

  /// The moments of a pipe that is quiet for so many seconds behind packets of a capture of so many.
  private func moments(span: Int64, seconds: Int, isInside: Bool = false) -> [(after: Int64, closedOnly: Bool)?] {
    var statistics = PacketStatistics()
    statistics.firstTime = Timestamp(nanoseconds: 0)
    statistics.lastTime = Timestamp(nanoseconds: span * Self.interval)
    var clock = PipeClock()
    return (0..<seconds).map { _ in
      clock.passInterval(bytesRead: 100)
      return clock.moment(statistics, isInside: isInside).map {
        ($0.time.nanoseconds / Self.interval - span, $0.closedOnly)
      }
    }
  }

  @Test func timeGoesOnWhileAPipeIsQuiet() {
    let moments = moments(span: 3, seconds: 12)
    #expect(moments[0] == nil)
    #expect(moments[1]?.after == 2 && moments[1]?.closedOnly == true)
    #expect(moments[4]?.after == 5 && moments[4]?.closedOnly == false)
    #expect(moments[11]?.after == 12)
  }

  @Test func aFileThatIsReplayedIsNotSilentBecauseThePipeIs() {
    #expect(moments(span: 60, seconds: 12).compactMap { $0 }.allSatisfy { $0.after == 2 && $0.closedOnly })
  }

  @Test func whoHoldsAPartOfAPacketKnowsThatMoreIsOnItsWay() {
    #expect(moments(span: 3, seconds: 12, isInside: true).compactMap { $0 }.allSatisfy { $0.after == 2 })
  }

  @Test func everyByteEndsTheQuiet() {
    var statistics = PacketStatistics()
    statistics.firstTime = Timestamp(nanoseconds: 0)
    statistics.lastTime = Timestamp(nanoseconds: 0)
    var clock = PipeClock()
    for bytes in 1...20 {
      clock.passInterval(bytesRead: bytes)
      #expect(clock.moment(statistics, isInside: false) == nil)
    }
  }
}

private typealias PacketStatistics = HandshakeModel.CaptureStatistics
