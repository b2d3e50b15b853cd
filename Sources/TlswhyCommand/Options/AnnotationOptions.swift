import ArgumentParser
import PacketCapture
import Reporting

/// The capture once more, with what was found as comments.
struct AnnotationOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the failing capture again as pcapng, verdicts as comments of the frames that prove them.",
      valueName: "file"), completion: .files)
  var annotate: String?

  /// Refuses what cannot be done before anything is read.
  ///
  /// - Parameters:
  ///   - captures: the capture that is to be annotated, alone.
  ///   - inputs: all files that are read.
  func requirePossible(for captures: [String], inputs: [String], _ report: ReportOptions) throws(Failure) {
    guard let annotate else { return }
    guard captures.count == 1, let capture = captures.first else {
      throw Failure(.usage, "--annotate writes one capture again; name one, not \(captures.count)")
    }
    guard SystemFile.isRegular(capture), capture != "-" else {
      guard capture == "-" || SystemFile.isLive(capture) else { return }
      throw Failure(.usage, "--annotate reads the capture a second time: name a file, not a pipe")
    }
    if let input = inputs.first(where: { SystemFile.isSame($0, annotate) }) {
      throw Failure(.usage, "\(input): is an input too; annotate into another file")
    }
    let output = report.destination.output
    let isShared =
      if let output, output != "-" {
        SystemFile.isSame(output, annotate)
      } else {
        annotate == "-" || SystemFile.identity(descriptor: 1).map { $0 == SystemFile.identity(annotate) } ?? false
      }
    if isShared { throw Failure(.usage, "packets and the report cannot share a file; annotate into another one") }
  }

  func write(_ capture: String, _ annotations: CaptureAnnotations, summary: String) throws(Failure) {
    guard let annotate else { return }
    do throws(CaptureError) {
      try AnnotatedCapture(source: capture, path: annotate, owner: .invokingSudo).write(annotations, summary: summary)
    } catch {
      throw Failure(error.exitStatus, error.description)
    }
  }
}
