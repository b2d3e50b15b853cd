import ConnectionTracking
import Foundation
import HandshakeModel
import NetworkValues
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

  /// A pipe that brings a packet, and is then quiet for so many seconds, with the time of both sides' clocks.
  private struct Pipe {
    var clock = PipeClock()
    var statistics = PacketStatistics()
    var now = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    var bytes = 100

    /// - Parameter late: by how many seconds the packets' clock is behind ours.
    init(span: Int64 = 3, late: Int64 = 0) {
      statistics.lastTime = now.advanced(by: -late * Self.second)
      statistics.firstTime = statistics.lastTime?.advanced(by: -span * Self.second)
    }

    static let second = 1_000_000_000 as Int64

    mutating func wait(_ seconds: Int, isInside: Bool = false) -> [(after: Int64, scope: LookScope)?] {
      (0..<seconds).map { _ in
        now = now.advanced(by: Self.second)
        clock.passInterval(bytesRead: bytes)
        let last = statistics.lastTime?.nanoseconds ?? 0
        return clock.moment(statistics, isInside: isInside, now: now).map {
          (($0.time.nanoseconds - last) / Self.second, $0.scope)
        }
      }
    }

    /// A packet comes that is so many milliseconds younger than the last one.
    mutating func bring(after milliseconds: Int64) {
      bytes += 100
      statistics.lastTime = statistics.lastTime?.advanced(by: milliseconds * 1_000_000)
      // The clock that the pipe was opened by stands still here.
      statistics.firstTime = statistics.lastTime
      clock.endQuiet(statistics.lastTime)
    }
  }

  /// What the next stall of a pipe is taken for, of 12 seconds.
  private func claimsSilence(_ pipe: inout Pipe) -> Bool {
    let moment = pipe.wait(12)[11]
    return moment?.after == 12 && moment?.scope == .all
  }

  @Test func timeGoesOnWhileAPipeIsQuiet() {
    var pipe = Pipe()
    let moments = pipe.wait(12)
    #expect(moments[0] == nil)
    #expect(moments[1]?.after == 2 && moments[1]?.scope == .closing)
    #expect(moments[4]?.after == 5 && moments[4]?.scope == .all)
    #expect(moments[11]?.after == 12)
  }

  @Test(arguments: [(60, 0), (3, 60), (3, -60), (3, 100_000_000)] as [(Int64, Int64)])
  func aFileThatIsReplayedIsNotSilentBecauseThePipeIs(_ span: Int64, _ late: Int64) {
    var pipe = Pipe(span: span, late: late)
    #expect(pipe.wait(12).compactMap { $0 }.allSatisfy { $0.after == 2 && $0.scope == .closed })
  }

  @Test func aPacketFromBeforeTheEndOfAQuietShowsAReplayForGood() {
    var pipe = Pipe()
    #expect(claimsSilence(&pipe))
    pipe.bring(after: 3)
    #expect(!claimsSilence(&pipe))
    // Once its packets' times do by chance what ours does.
    pipe.bring(after: 12_000)
    #expect(!claimsSilence(&pipe))
  }

  @Test func packetsThatAreAsLateAsAlwaysShowNone() {
    var pipe = Pipe()
    for delay in [-900, 900, -100, 5] as [Int64] {
      #expect(claimsSilence(&pipe))
      pipe.bring(after: 12_000 + delay)
    }
    #expect(claimsSilence(&pipe))
  }

  @Test func anotherMachinesClockMayBeWrongWhereItGoesOnWithOurs() {
    var pipe = Pipe(late: 1_000_000)
    #expect(!claimsSilence(&pipe))
    pipe.bring(after: 12_500)
    #expect(claimsSilence(&pipe))
  }

  @Test func whoHoldsAPartOfAPacketKnowsThatMoreIsOnItsWay() {
    var pipe = Pipe()
    #expect(pipe.wait(12, isInside: true).compactMap { $0 }.allSatisfy { $0.after == 2 })
  }

  @Test func everyByteEndsTheQuiet() {
    var pipe = Pipe()
    for _ in 1...20 {
      pipe.bytes += 1
      #expect(pipe.wait(1)[0] == nil)
    }
  }

  /// A file's first packets, up to the ClientHello, then nothing for longer than any handshake waits.
  @Test func aStallInTheMidstOfAFileFailsNoConnection() throws {
    let run = try run(
      """
      "$tlswhy" analyze pipe --format json > out 2> errors & exec 3> pipe
      head -c \(try Self.bytesUpToTheClientHello()) "$samples/version/working.pcap" >&3; sleep 11.5; cat out
      tail -c +\(try Self.bytesUpToTheClientHello() + 1) "$samples/version/working.pcap" >&3; exec 3>&-
      wait $!; echo "status $?"
      """)
    #expect(run.output == "status 0\n")
  }

  /// Of a sample: its header and four frames.
  private static func bytesUpToTheClientHello() throws -> Int {
    let capture = try Data(contentsOf: URL(filePath: Sample.working("version")))
    return (0..<4).reduce(24) { place, _ in
      place + 16 + capture[(place + 8)..<(place + 12)].reversed().reduce(0) { $0 << 8 + Int($1) }
    }
  }
}

private typealias PacketStatistics = CaptureStatistics
