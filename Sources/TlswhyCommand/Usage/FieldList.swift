import Reporting

/// `--fields list`: it needs no capture, and so stands outside of what commands demand.
enum FieldList {
  /// The fields that the command of a command line has, where it asks for them.
  static func asked(for arguments: [String]) -> [String]? {
    guard let command = arguments.first, ["analyze", "show", "diff", "compare"].contains(command) else { return nil }
    let words = arguments.prefix { $0 != "--" }
    let isAsked =
      words.contains("--fields=list") || zip(words, words.dropFirst()).contains { $0 == ("--fields", "list") }
    guard isAsked else { return nil }
    return command == "diff" || command == "compare" ? FieldPaths.ofComparisons : FieldPaths.all
  }
}
