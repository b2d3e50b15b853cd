import ArgumentParser
import Diagnosis
import HandshakeModel
import PacketCapture
import Reporting
import TLSProtocol

/// `tlswhy analyze`: every connection of one or more captures.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Report every TLS connection in captures: what was agreed, what failed, and why.",
    discussion: """
      Reads .pcap and .pcapng files, compressed or not; - is standard input. With --format json each connection is one
      object on a line of its own.

      Exit status: 0 nothing failed, 1 at least one connection failed.
      """)

  @Argument(help: "Capture files; - reads standard input.")
  var files: [String]

  @Flag(name: .long, help: "Leave out connections that were established.")
  var failuresOnly = false

  @Flag(name: .long, help: "Include connections that never spoke TLS.")
  var all = false

  @OptionGroup var evidence: EvidenceOptions
  @OptionGroup var report: ReportOptions

  func run() throws {
    let keys = try evidence.keys()
    let logs = try evidence.logs()
    try report.openOutput()
    var run = AnalysisRun(options: self, logs: logs)
    run.begin()
    var status: ExitStatus?
    for file in files {
      do {
        try run.read(file, filter: evidence.filter, keys: keys)
      } catch {
        Output.flush()
        Output.complain(error.description)
        status = error.isUsage ? .usage : .inputUnreadable
        if status == .usage { break }
      }
    }
    run.end()
    Output.flush()
    if let status { throw status }
    if run.failures > 0 { throw ExitStatus.found }
  }
}

/// One run over files: writes each connection as soon as its story is complete.
struct AnalysisRun {
  let options: Analyze
  let logs: LogEvidence
  private(set) var failures = 0
  private var json = JSONReport()
  private var writer = JSONWriter(reservingCapacity: 128 * 1024)
  private let text: TextReport

  init(options: Analyze, logs: LogEvidence) {
    self.options = options
    self.logs = logs
    text = options.report.text
  }

  mutating func begin() {
    if options.report.format == .html {
      Output.write(HTMLReport().opening(title: "tlswhy: \(options.files.joined(separator: ", "))"))
    }
  }

  mutating func end() {
    if options.report.format == .html { Output.write(HTMLReport().closing()) }
  }

  mutating func read(_ path: String, filter: String?, keys: KeyLog?) throws(CaptureError) {
    var source = try PacketSource(path: path, filter: filter)
    var reader = CaptureReader(keyLog: keys)
    var story = CaptureStory(name: path)
    var codes: [CauseCode: Int] = [:]
    var damage: CaptureError?
    do throws(CaptureError) {
      while try reader.readOne(from: &source) {
        reader.adoptSecrets(of: source)
        if !reader.tracker.finished.isEmpty { emit(&reader, &codes, path) }
      }
    } catch {
      damage = error
    }
    reader.finish()
    emit(&reader, &codes, path)
    story.statistics = reader.statistics
    story.lookups = reader.tracker.lookups.lookups
    failures += unresolvedNames(story, &codes)
    writeSummary(story, codes)
    if let damage { throw damage }
  }

  private mutating func emit(_ reader: inout CaptureReader, _ codes: inout [CauseCode: Int], _ path: String) {
    let finished = reader.tracker.takeFinished()
    for connection in finished {
      reader.count(connection)
      guard connection.isReported || options.all else { continue }
      if connection.outcome == .failed { failures += 1 }
      if options.failuresOnly || options.report.quiet, connection.outcome == .established { continue }
      let causes = Diagnosis.diagnose(connection, logs: logs)
      if let code = causes.first?.code, code != CauseCode.none { codes[code, default: 0] += 1 }
      write(connection, causes, path)
    }
  }

  private mutating func write(_ connection: Connection, _ causes: [Cause], _ path: String) {
    let isFull = options.report.verbose
    switch options.report.format {
    case .json:
      json.append(connection, causes: causes, capture: options.files.count > 1 ? path : nil, to: &writer)
      Output.write(writer.bytes)
      writer.removeAll()
    case .text: Output.write(text.render(connection, causes: causes, detail: isFull ? .full : .brief))
    case .html: Output.write(HTMLReport().render(connection, causes: causes, detail: isFull ? .full : .brief))
    case .markdown: Output.write(MarkdownReport().render(connection, causes: causes, detail: isFull ? .full : .brief))
    }
  }

  /// Names that did not resolve have no connection to stand in; they count as failures of the capture.
  private mutating func unresolvedNames(_ story: CaptureStory, _ codes: inout [CauseCode: Int]) -> Int {
    guard story.statistics.tlsConnections == 0, let cause = Diagnosis.unresolvedNames(in: story) else { return 0 }
    codes[cause.code, default: 0] += 1
    if options.report.format == .text { Output.write(text.render(cause)) }
    return 1
  }

  private func writeSummary(_ story: CaptureStory, _ codes: [CauseCode: Int]) {
    guard !options.report.quiet else { return }
    switch options.report.format {
    case .json: break
    case .text: Output.write(text.summary(story, causes: codes))
    case .html: Output.write(HTMLReport().summary(story, causes: codes))
    case .markdown: Output.write(MarkdownReport().summary(story, causes: codes))
    }
  }
}
