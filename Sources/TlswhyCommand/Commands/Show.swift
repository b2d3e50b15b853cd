import ArgumentParser
import Diagnosis
import HandshakeModel
import PacketCapture
import Reporting

/// `tlswhy show`: one connection in full.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one connection in full: ladder, every field, certificates, frames.")

  @Argument(help: "A capture file; - reads standard input.", completion: .files)
  var file: String

  @Option(
    name: [.long, .customShort("n")],
    help: ArgumentHelp("The connection's number, as analyze prints it.", valueName: "n"))
  var connection: Int?

  @OptionGroup var annotation: AnnotationOptions
  @OptionGroup var evidence: EvidenceOptions
  @OptionGroup var report: ReportOptions

  func run() throws {
    try report.requireKnownFields()
    try report.requireOtherOutput(than: [file] + evidence.files)
    try annotation.requirePossible(for: [file], inputs: [file] + evidence.files, report)
    let keys = try evidence.keys()
    let logs = try evidence.logs()
    let live = try LiveInput.ending([file])
    let story = try evidence.story(
      file, keys: keys, wanted: [connection], live: live, showsProgress: report.showsProgress)
    if let damage = story.damage { Output.complain(damage) }
    if let shortage = story.shortage { Output.complain(shortage) }
    let chosen = try choose(story)
    let causes = Diagnosis.diagnose(chosen, logs: logs)
    try report.openOutput(inputs: [file] + evidence.files)
    var results = report.makeReport()
    Output.write(results.document(on: chosen, causes: causes, title: "tlswhy: \(file), connection \(chosen.index)"))
    Output.flush()
    var annotations = CaptureAnnotations()
    annotations.add(chosen, causes: causes)
    try annotation.write(file, annotations, summary: CaptureAnnotations.summary(of: chosen, causes: causes))
    if story.damage != nil { throw ExitStatus.inputUnreadable }
    if chosen.outcome == .failed { throw ExitStatus.found }
  }

  private func choose(_ story: CaptureStory) throws(Failure) -> Connection {
    if let connection {
      guard let chosen = story.connections.first(where: { $0.index == connection }) else {
        throw Failure(
          .usage, "\(file): no connection \(connection); it holds \(story.connections.count), numbered from 1")
      }
      return chosen
    }
    let reported = story.connections.filter(\.isReported)
    guard let chosen = reported.first(where: { $0.outcome == .failed }) ?? reported.first else {
      throw Failure(
        .inputUnreadable,
        "\(file): no TLS connection in \(story.statistics.frames) frames; did the capture's filter leave it out?")
    }
    return chosen
  }
}
