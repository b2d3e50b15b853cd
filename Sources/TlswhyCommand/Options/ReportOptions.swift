import ArgumentParser
import Reporting

/// The formats by the names that the command line knows.
enum FormatName: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case html
  case markdown
  case csv
  case tsv
  case junit
}

/// The formats of what is a text about something.
enum DocumentFormatName: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case html
  case markdown

  func makeReport(_ destination: DestinationOptions) -> any Report {
    switch self {
    case .text: destination.text
    case .json: JSONReport()
    case .html: HTMLReport(clock: destination.clock)
    case .markdown: MarkdownReport(unicode: destination.style.usesUnicode, clock: destination.clock)
    }
  }
}

/// The formats of commands that write lines as things happen.
enum LineFormatName: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}

/// How results are written.
@dynamicMemberLookup
struct ReportOptions: ParsableArguments {
  @Option(name: .long, help: "How to write the result.")
  var format = FormatName.text

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With csv or tsv: the columns, by their paths in the JSON output, as in causes.0.code; list shows all.",
      valueName: "paths"))
  var fields: String?

  @OptionGroup var destination: DestinationOptions

  func validate() throws {
    guard fields == nil || format == .csv || format == .tsv else {
      throw ValidationError("--fields needs --format csv or tsv; --fields list shows what there is")
    }
  }

  subscript<Value>(dynamicMember member: KeyPath<DestinationOptions, Value>) -> Value { destination[keyPath: member] }

  /// The one place that knows what formats there are.
  func makeReport() -> any Report {
    switch format {
    case .text: DocumentFormatName.text.makeReport(destination)
    case .json: DocumentFormatName.json.makeReport(destination)
    case .html: DocumentFormatName.html.makeReport(destination)
    case .markdown: DocumentFormatName.markdown.makeReport(destination)
    case .csv: FieldReport(.commas, fields: paths)
    case .tsv: FieldReport(.tabs, fields: paths)
    case .junit: JUnitReport()
    }
  }

  /// The format has a place for counts and remarks.
  var isForPeople: Bool { [.text, .html, .markdown].contains(format) }

  /// Each row, or test, says which capture it is from, however many there are.
  var isTabular: Bool { [.csv, .tsv, .junit].contains(format) }

  private var paths: [String]? { fields.map { $0.split(separator: ",").map(String.init) } }

  /// Refuses columns that there are not, before anything is read.
  func requireKnownFields(ofComparisons: Bool = false) throws(Failure) {
    guard let paths else { return }
    let known = ofComparisons ? FieldPaths.ofComparisons : FieldPaths.all
    guard !paths.isEmpty else { throw Failure(.usage, "--fields needs the names of columns; --fields list shows them") }
    for path in paths where !FieldPaths.isKnown(path, among: known) {
      let meant = Likeness.nearest(to: FieldPaths.bare(path), among: known).map { "did you mean \($0)? " } ?? ""
      throw Failure(.usage, "'\(path.prefix(80))' is no field; \(meant)--fields list shows all")
    }
  }

  func requireOtherOutput(than inputs: [String]) throws(Failure) {
    try destination.requireOtherOutput(than: inputs)
  }

  func openOutput(inputs: [String] = []) throws(Failure) { try destination.openOutput(inputs: inputs) }
}
