import ArgumentParser
import Bytes
import Diagnosis
import PacketCapture
import Reporting

/// `tlswhy analyze`: every connection of one or more captures.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Report every TLS connection in captures: what was agreed, what failed, and why.",
    discussion: """
      Reads .pcap and .pcapng files, compressed or not; - is standard input; of a folder, every capture below it. \
      With --format json each connection is one object on a line of its own.

      What comes through a pipe is told as it happens, also while the pipe is quiet; Ctrl-C and SIGTERM end it with a \
      complete report.

      Exit status: 0 nothing failed, 1 at least one connection failed.
      """)

  @Argument(help: "Capture files, or folders of them; - reads standard input.", completion: .files)
  var files: [String]

  @Flag(name: .long, help: "Leave out connections that were established.")
  var failuresOnly = false

  @Flag(name: .long, help: "Include connections that never spoke TLS.")
  var all = false

  @Flag(
    name: .long,
    help: "With --format json: end each capture with an object that counts its frames and what was not decoded.")
  var summary = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Threads to use; as many as there are processors where it is left out.", valueName: "n"))
  var jobs: Int?

  @OptionGroup var annotation: AnnotationOptions
  @OptionGroup var evidence: EvidenceOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func run() throws {
    try report.requireKnownFields()
    let paths = try InputFiles.expand(files)
    try report.requireOtherOutput(than: paths + evidence.files)
    try annotation.requirePossible(for: paths, inputs: paths + evidence.files, report)
    let keys = try evidence.keys()
    let logs = try evidence.logs()
    try report.openOutput(inputs: paths + evidence.files)
    let choice = AnalysisChoice(
      report: report.makeReport(), detail: report.verbose ? .full : .brief, logs: logs, includesAll: all,
      failuresOnly: failuresOnly || report.quiet, namesCapture: paths.count > 1 || report.isTabular,
      writesSummary: !report.quiet && (summary || report.isForPeople), annotates: annotation.annotate != nil)
    Output.write(choice.report.opening(title: "tlswhy: \(files.joined(separator: ", "))"))
    let live = try LiveInput.ending(paths, patience: PipeClock.interval)
    var run = AnalysisRun(choice, progress: Progress(paths, isShown: report.showsProgress))
    let separation = CaptureHeading.Separation()
    run.read(
      paths.map { path in
        CaptureFeed(
          path: path, filter: evidence.filter, keys: keys, memory: evidence.memory.budget, live: live,
          heading: choice.namesCapture ? CaptureHeading(choice.report.heading(ofCapture: path), separation) : nil)
      },
      jobs: jobs ?? Processors.count)
    if choice.namesCapture, choice.writesSummary { Output.write(choice.report.grandTotal(run.total)) }
    Output.write(choice.report.closing())
    Output.flush()
    if let path = paths.first, run.total.captures == 1 {
      try annotation.write(
        path, run.annotations,
        summary: CaptureAnnotations.summary(of: run.total.counts, causes: run.total.causes))
    }
    if let complaint = run.complaint { throw complaint }
    if run.failures > 0 { throw ExitStatus.found }
  }
}
