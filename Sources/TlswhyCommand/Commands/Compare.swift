import ArgumentParser
import ConnectionTracking
import Diagnosis
import Glibc
import HandshakeModel
import PacketCapture
import Reporting
import TLSProtocol

/// `tlswhy compare`: runs two commands and says why the second fails.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Run a command that works and one that fails, and say why.",
    discussion: """
        tlswhy compare --working 'curl -k https://localhost:8443/' --failing 'java Client'

      Both are given to sh, one after the other. Their output is shown where they fail; what they write is evidence, \
      and so are the TLS secrets of programs that honour SSLKEYLOGFILE. Packets are told apart as record does it.

      Exit status: 0 nothing failed on either side, 1 a divergence or a failure was found, 4 no permission to capture.
      """)

  @Option(name: .long, help: ArgumentHelp("The command that works.", valueName: "command"))
  var working: String

  @Option(name: .long, help: ArgumentHelp("The command that fails.", valueName: "command"))
  var failing: String

  @Option(name: .long, help: ArgumentHelp("End each command after this time.", valueName: "time"))
  var timeout = TimeSpan(seconds: 120)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Keep both captures, working.pcapng and failing.pcapng, in this directory.", valueName: "directory"),
    completion: .directory)
  var keep: String?

  @Option(
    name: .long, help: ArgumentHelp("The server's log (rustls, nginx, haproxy, …).", valueName: "file"),
    completion: .files)
  var serverLog: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Capture on this interface only; may be repeated.", valueName: "name"),
    completion: .interfaces)
  var interface: [String] = []

  @OptionGroup var report: ReportOptions

  func run() throws {
    try report.requireKnownFields(ofComparisons: true)
    var capture = try open()
    let owner = try assumeUser()
    // As that user, who owns it then.
    let folder = try Self.folder(keep)
    var files = ["working", "failing"].map { "\(folder)/\($0).pcapng" }
    files += ["working", "failing"].map { "\(folder)/\($0).keylog" }
    defer {
      for path in keep == nil ? files : Array(files.suffix(2)) { unsafe unlink(path) }
      if keep == nil { unsafe rmdir(folder) }
    }
    if let serverLog, let file = files.first(where: { SystemFile.isSame($0, serverLog) }) {
      throw Failure(.usage, "\(file): is the server's log; keep the captures in another directory")
    }
    let inputs = files + (serverLog.map { [$0] } ?? [])
    try report.requireOtherOutput(than: inputs)
    let (first, second) = try record(files, on: &capture, owner)
    try remark(working, first)
    try remark(failing, second)
    var stories = try [files[0], files[1]].enumerated().map { index, path in
      try story(path, secrets: (index == 0 ? first : second).secrets)
    }
    let logs = LogEvidence(client: LogReader.read(second.errors, side: .client), server: try serverFindings())
    // The commands say more than the names of files that are about to go.
    if keep == nil { (stories[0].name, stories[1].name) = (working, failing) }
    var comparison = Comparison(working: stories[0], failing: stories[1], logs: logs)
    if comparison.failing == nil { second.explain(&comparison) }
    try report.openOutput(inputs: inputs)
    write(comparison, working: stories[0], failing: stories[1])
    Output.flush()
    if comparison.causes.first?.code != CauseCode.none || comparison.isSwapped { throw ExitStatus.found }
  }

  private func record(
    _ files: [String], on capture: inout LiveCapture, _ owner: UserIdentity?
  ) throws(Failure) -> (CommandRecorder.Outcome, CommandRecorder.Outcome) {
    let recorders = [working, failing].enumerated().map { index, command in
      CommandRecorder(
        arguments: ["/bin/sh", "-c", command], path: files[index], keyLogPath: files[index + 2], timeLimit: timeout,
        isolatesOutput: true, owner: owner)
    }
    // Both before this program gives up what they may need, such as sudo does.
    let commands = (try recorders[0].start(isHeld: true), try recorders[1].start(isHeld: true))
    try RecordingUser.confine()
    let first = try recorders[0].run(commands.0, on: &capture)
    try requirePatience()
    let second = try recorders[1].run(commands.1, on: &capture)
    try requirePatience()
    return (first, second)
  }

  /// Who pressed Ctrl-C wants no comparison of halves.
  private func requirePatience() throws(Failure) {
    if ChildProcess.wasInterrupted { throw Failure(.interrupted, "interrupted; nothing was compared") }
  }

  private func open() throws(Failure) -> LiveCapture {
    do throws(CaptureError) {
      return try CommandRecorder.open(interfaces: interface)
    } catch {
      throw Failure(error.exitStatus, error.description)
    }
  }

  private func assumeUser() throws(Failure) -> UserIdentity? {
    do throws(CaptureError) {
      return try RecordingUser.assume()
    } catch {
      throw Failure(error.exitStatus, error.description)
    }
  }

  /// Says what a command did that bears on the comparison, and what it printed where it failed or did nothing.
  private func remark(_ command: String, _ outcome: CommandRecorder.Outcome) throws(Failure) {
    if !outcome.didStart {
      let reason = outcome.lines.first.map { ": \($0)" } ?? ""
      throw Failure(.usage, "`\(command)` did not start, exit code \(outcome.exitCode)\(reason)")
    }
    if outcome.isTimedOut { Output.complain("`\(command)` was ended after \(timeout.defaultValueDescription)") }
    let isNews = outcome.frames == 0 || outcome.exitCode != 0
    guard report.verbose || isNews && !report.quiet else { return }
    let silence = outcome.frames == 0 ? "sent no packets that could be seen, " : ""
    let lines = report.verbose ? outcome.lines : outcome.telling
    Output.complain(
      "`\(command)` \(silence)ended with exit code \(outcome.exitCode)"
        + (lines.isEmpty ? ", and printed nothing" : ", and printed:"))
    if !lines.isEmpty { Output.complain(lines: lines.map { "  | \($0)" }.joined(separator: "\n")) }
  }

  private func story(_ path: String, secrets: [UInt8]) throws(Failure) -> CaptureStory {
    var keys = KeyLog()
    keys.append(lines: secrets)
    do throws(CaptureError) {
      return try CaptureStory(path: path, keyLog: keys.isEmpty ? nil : keys)
    } catch {
      throw Failure(.inputUnreadable, error.description)
    }
  }

  private func serverFindings() throws(Failure) -> LogFindings? {
    guard let serverLog else { return nil }
    return try TextFile.findings(serverLog, .server)
  }

  private func write(_ comparison: Comparison, working: CaptureStory, failing: CaptureStory) {
    var results = report.makeReport()
    Output.write(results.document(on: comparison, working: working, failing: failing))
  }

  /// The directory for both captures: the user's, or one that is deleted in the end.
  private static func folder(_ path: String?) throws(Failure) -> String {
    if let path {
      guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else {
        throw Failure(.inputUnreadable, "\(path): cannot be made: \(SystemError.text(errno))")
      }
      return path
    }
    let parent = Terminal.environment("TMPDIR") ?? "/tmp"
    var template = Array("\(parent)/tlswhy-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw Failure(.inputUnreadable, "\(parent): cannot be written: \(SystemError.text(errno))")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
