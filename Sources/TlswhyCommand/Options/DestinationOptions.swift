import ArgumentParser
import Reporting

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}

/// Where results go, and how much they say: what every command has, whatever formats it writes.
struct DestinationOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("o")], help: ArgumentHelp("Write the result to a file.", valueName: "file"),
    completion: .files)
  var output: String?

  @Option(name: .long, help: "Colour on a terminal; NO_COLOR is honoured.")
  var color = ColorChoice.auto

  @Flag(name: .long, help: "Tell times of day in UTC, not in local time.")
  var utc = false

  @Flag(name: .shortAndLong, help: "Say only what failed.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more: every connection in full.")
  var verbose = false

  var style: Style {
    let color = color == .always || color == .auto && output == nil && Terminal.allowsColor
    return Style(color: color, unicode: Terminal.showsUnicode || output != nil)
  }

  var clock: Clock { utc ? .utc : .local }

  var text: TextReport {
    var report = TextReport(style: style, width: output == nil ? Terminal.width : 80, clock: clock)
    report.comparisonDetail = verbose ? .full : quiet ? .headline : .gist
    return report
  }

  /// A bar on standard error for input that takes a while: for people who wait at a terminal.
  var showsProgress: Bool { !quiet && Terminal.isErrorTerminal && Terminal.environment("TERM") != "dumb" }

  /// Refuses early what ``openOutput(inputs:)`` would refuse late, of files that may not be there yet too.
  func requireOtherOutput(than inputs: [String]) throws(Failure) {
    try Output.requireNoInput(inputs)
    if let output, output != "-", inputs.contains(where: { SystemFile.isSame($0, output) }) {
      throw Failure(.usage, "\(output): is an input too; write to another file")
    }
  }

  /// - Parameter inputs: the files that are read, `-` for standard input; writing into one of them is refused.
  func openOutput(inputs: [String] = []) throws(Failure) {
    try Output.requireNoInput(inputs)
    if let output, output != "-" { try Output.redirect(to: output, inputs: inputs) }
  }
}
