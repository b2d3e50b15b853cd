import ArgumentParser
import Diagnosis
import HandshakeModel
import PacketCapture
import Reporting

/// `tlswhy diff`: two captures, or two connections of one.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare a working capture with a failing one and name the first difference that matters.",
    discussion: """
      Give two captures. Or give one that holds both kinds: tlswhy then compares a connection that failed with one to \
      the same server that worked, or the two that --working and --failing number.

      What it prints fits on a screen; --verbose shows both handshakes, every remedy and every difference, --quiet the \
      verdict in two lines.

      Exit status: 0 nothing failed on either side, 1 a divergence or a failure was found.
      """)

  @Argument(help: "The capture in which it works.", completion: .files)
  var working: String

  @Argument(
    help: "The capture in which it fails; leave it out to compare within one capture.", completion: .files)
  var failing: String?

  @Option(name: .customLong("working"), help: ArgumentHelp("The number of the connection that works.", valueName: "n"))
  var workingConnection: Int?

  @Option(name: .customLong("failing"), help: ArgumentHelp("The number of the connection that fails.", valueName: "n"))
  var failingConnection: Int?

  @OptionGroup var annotation: AnnotationOptions
  @OptionGroup var evidence: EvidenceOptions
  @OptionGroup var report: ReportOptions

  func run() throws {
    try report.requireKnownFields(ofComparisons: true)
    let captures = [working] + (failing.map { [$0] } ?? [])
    try report.requireOtherOutput(than: captures + evidence.files)
    try annotation.requirePossible(for: [failing ?? working], inputs: captures + evidence.files, report)
    let keys = try evidence.keys()
    let logs = try evidence.logs()
    let live = try LiveInput.ending(captures)
    let first = try evidence.story(
      working, keys: keys, wanted: failing == nil ? [workingConnection, failingConnection] : [workingConnection],
      among: captures.count, live: live, showsProgress: report.showsProgress)
    let second =
      try failing.map {
        try evidence.story(
          $0, keys: keys, wanted: [failingConnection], among: captures.count, live: live,
          showsProgress: report.showsProgress)
      } ?? first
    for damage in Set([first.damage, second.damage].compactMap(\.self)).sorted() { Output.complain(damage) }
    let comparison = try compare(first, second, logs: logs)
    try report.openOutput(inputs: captures + evidence.files)
    var results = report.makeReport()
    Output.write(results.document(on: comparison, working: first, failing: second))
    Output.flush()
    var annotations = CaptureAnnotations()
    annotations.add(comparison, isWithinOne: failing == nil)
    try annotation.write(
      failing ?? working, annotations,
      summary: CaptureAnnotations.summary(of: comparison, working: first.name, failing: second.name))
    if first.damage != nil || second.damage != nil { throw ExitStatus.inputUnreadable }
    if comparison.causes.first?.code != CauseCode.none || comparison.isSwapped { throw ExitStatus.found }
  }

  private func compare(_ first: CaptureStory, _ second: CaptureStory, logs: LogEvidence) throws(Failure) -> Comparison {
    if workingConnection != nil || failingConnection != nil {
      guard let workingConnection, let failingConnection else {
        throw Failure(.usage, "name both connections: --working N --failing M")
      }
      return Comparison(
        working: try connection(workingConnection, of: first), failing: try connection(failingConnection, of: second),
        logs: logs)
    }
    return failing == nil
      ? Comparison(within: first, logs: logs) : Comparison(working: first, failing: second, logs: logs)
  }

  private func connection(_ index: Int, of story: CaptureStory) throws(Failure) -> Connection {
    guard let connection = story.connections.first(where: { $0.index == index }) else {
      throw Failure(
        .usage, "\(story.name): no connection \(index); it holds \(story.connections.count), numbered from 1")
    }
    return connection
  }
}
