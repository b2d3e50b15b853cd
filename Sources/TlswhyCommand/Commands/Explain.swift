import ArgumentParser
import Diagnosis
import Reporting

/// `tlswhy explain`: what a cause code, a mechanism or an alert means.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a cause code, a mechanism, or an alert by name or number.",
    discussion: """
      For example:
        tlswhy explain cert.untrusted
        tlswhy explain cert.expired/clock
        tlswhy explain 46
      """)

  @Argument(help: "A cause code, a mechanism, or an alert's name or number.", completion: .explained)
  var word: String?

  @Flag(name: .long, help: "Everything: the reference of all causes, as Markdown.")
  var all = false

  @Flag(name: .long, help: "List every cause code and mechanism, a line each; with --format json an object each.")
  var list = false

  @Option(name: .long, help: "How to write it.")
  var format = DocumentFormatName.text

  @OptionGroup var report: DestinationOptions

  func run() throws {
    if all {
      try report.openOutput()
      return Output.write(CausesDocument.markdown())
    }
    if list {
      try report.openOutput()
      let results = format.makeReport(report)
      for entry in CauseExplanation.list { Output.write(results.entry(Reporting.Explanation(entry))) }
      return
    }
    guard let word else { throw Failure(.usage, "explain what? name \(CauseExplanation.suggestions)") }
    guard let found = CauseExplanation.lookup(word) else {
      let meant = CauseExplanation.meant(by: word)
      let question = meant.isEmpty ? "" : "did you mean \(meant.joined(separator: " or "))? "
      throw Failure(
        .usage, "'\(word.prefix(40))' explains nothing; \(question)name \(CauseExplanation.suggestions)")
    }
    let explanation = Reporting.Explanation(found)
    try report.openOutput()
    Output.write(format.makeReport(report).document(on: explanation))
  }
}

extension Reporting.Explanation {
  fileprivate init(_ found: CauseExplanation) {
    let parts = found.title.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
    self.init(
      name: parts.first ?? found.title, title: parts.count > 1 ? parts[1] : "", paragraphs: found.paragraphs,
      lists: found.sections.map { section in
        .init(
          title: section.title,
          items: section.entries.map { entry in
            (entry.label.isEmpty ? "" : "\(entry.label): ") + entry.text + (entry.command.map { " `\($0)`" } ?? "")
          })
      })
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
