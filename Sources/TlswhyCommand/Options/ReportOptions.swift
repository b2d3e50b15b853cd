import ArgumentParser
import Reporting

/// The formats by the names that the command line knows.
enum FormatName: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case html
  case markdown
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

  @OptionGroup var destination: DestinationOptions

  subscript<Value>(dynamicMember member: KeyPath<DestinationOptions, Value>) -> Value { destination[keyPath: member] }

  /// The one place that knows what formats there are.
  func makeReport() -> any Report {
    switch format {
    case .text: destination.text
    case .json: JSONReport()
    case .html: HTMLReport(clock: destination.clock)
    case .markdown: MarkdownReport(unicode: destination.style.usesUnicode, clock: destination.clock)
    }
  }

  func requireOtherOutput(than inputs: [String]) throws(Failure) {
    try destination.requireOtherOutput(than: inputs)
  }

  func openOutput(inputs: [String] = []) throws(Failure) { try destination.openOutput(inputs: inputs) }
}
