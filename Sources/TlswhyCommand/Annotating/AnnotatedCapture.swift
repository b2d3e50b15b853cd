import Glibc
import PacketCapture
import Reporting

/// A capture written once more, with verdicts as comments of its frames and a summary as the section's comment.
struct AnnotatedCapture {
  /// What is read once more; `-` stands for a descriptor 0 that holds the file.
  let source: String
  /// Where it is written.
  let path: String
  let owner: UserIdentity?
  /// Opened before, where this process may not open it any more.
  var descriptor: Int32?

  /// What a capture holds beside its frames.
  private struct Surroundings {
    var interfaces: [CaptureInterface] = []
    var secrets: [[UInt8]] = []
    var comments: [String] = []
    var frameComments: [Int: [String]] = [:]
  }

  /// Writes all frames, those that a filter left out too: their numbers are the capture's.
  ///
  /// What cannot be read behind damage is left out, as it is of the report.
  func write(_ annotations: CaptureAnnotations, summary: String) throws(CaptureError) {
    let surroundings = try surroundings()
    let comments = annotations.byFrame
    var lines = ["tlswhy \(ProgramVersion.text): \(summary)"]
    if annotations.isCut { lines.append("of very many comments only those on the first frames were written") }
    var writer = try writer(surroundings, lines + surroundings.comments)
    for interface in surroundings.interfaces { try writer.addInterface(interface) }
    for secrets in surroundings.secrets { try writer.write(secrets: secrets) }
    var source = try PacketSource(path: self.source)
    var number = 0
    while let frame = try? source.next() {
      number += 1
      try writer.write(frame, comments: (surroundings.frameComments[number] ?? []) + (comments[number] ?? []))
    }
    let statistics = surroundings.interfaces.map {
      InterfaceStatistics(received: $0.received ?? 0, droppedByKernel: $0.dropped ?? 0)
    }
    let hasStatistics = surroundings.interfaces.contains { $0.received != nil || $0.dropped != nil }
    try writer.finish(statistics: hasStatistics ? statistics : [])
  }

  private func writer(_ surroundings: Surroundings, _ comments: [String]) throws(CaptureError) -> CaptureWriter {
    let application = "tlswhy \(ProgramVersion.text)"
    if let descriptor {
      return CaptureWriter(descriptor: descriptor, path: path, comments: comments, application: application)
    }
    return try CaptureWriter(
      path: path, comments: comments, application: application, owner: owner,
      contents: surroundings.secrets.isEmpty ? .packets : .secrets)
  }

  /// All that stands between the frames: it has to be written before them.
  private func surroundings() throws(CaptureError) -> Surroundings {
    if source == "-" { lseek(0, 0, SEEK_SET) }
    var source = try PacketSource(path: source)
    var secrets: [[UInt8]] = []
    while (try? source.next()) != nil {
      if source.secretCount > secrets.count { secrets += source.takeSecrets() }
    }
    secrets += source.takeSecrets()
    let comments = Dictionary(grouping: source.frameComments, by: \.frame).mapValues { $0.map(\.text) }
    let found = Surroundings(
      interfaces: source.interfaces, secrets: secrets, comments: source.comments, frameComments: comments)
    if self.source == "-" { lseek(0, 0, SEEK_SET) }
    return found
  }
}
