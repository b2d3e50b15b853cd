public import Diagnosis
public import HandshakeModel

/// Results as rows of values, for spreadsheets and tools that cut columns.
///
/// A value is what stands at a path of the JSON output; several are joined with commas. Text is made safe for where a row
/// may end up: what acts on a terminal is spelled out as in the text report, so that no value spans lines, and text that a
/// spreadsheet would take for a formula begins with an apostrophe.
public struct FieldReport: Report {
  /// How values are kept apart.
  public enum Separation: Sendable {
    /// RFC 4180.
    case commas
    case tabs
  }

  private let separation: Separation
  /// Nil where nobody has chosen.
  private let fields: [String]?
  private var json = JSONReport()

  public init(_ separation: Separation, fields: [String]?) { (self.separation, self.fields) = (separation, fields) }

  /// The row of names.
  public func opening(title: String) -> String { row((fields ?? FieldPaths.usual).map { ($0, true) }) }

  /// A connection's row.
  public mutating func append(
    _ connection: borrowing Connection, causes: [Cause], detail: TextReport.Detail, capture: String?,
    to output: inout JSONWriter
  ) {
    var writer = JSONWriter(reservingCapacity: 8192)
    json.append(connection, causes: causes, capture: capture, to: &writer)
    output.verbatim(values(of: writer.bytes, at: fields ?? FieldPaths.usual))
  }

  /// Nothing: a row is a connection.
  public func summary(of story: CaptureStory, causes: [CauseCode: Int]) -> String { "" }

  /// The row of names, and one about the comparison.
  public mutating func document(on comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String {
    let fields = self.fields ?? FieldPaths.usualOfComparisons
    let text = json.document(on: comparison, working: working, failing: failing)
    return row(fields.map { ($0, true) }) + values(of: Array(text.utf8), at: fields)
  }

  /// A row of the name and what it means.
  public func document(on explanation: Explanation) -> String {
    row([(explanation.name, true), (explanation.title, true)])
  }

  private func values(of json: [UInt8], at paths: [String]) -> String {
    guard let tree = JSONTree(json) else { return "" }
    return row(
      paths.map { path in
        let found = tree.values(at: path.split(separator: ".")[...]).filter {
          if case .null = $0 { false } else { true }
        }
        return (found.map(\.plain).joined(separator: ","), found.contains { $0.isText })
      })
  }

  private func row(_ values: [(text: String, isFromText: Bool)]) -> String {
    values.map { cell($0.text, isFromText: $0.isFromText) }.joined(separator: separation == .commas ? "," : "\t") + "\n"
  }

  private func cell(_ value: String, isFromText: Bool) -> String {
    var text = value.escapedForDisplay
    if isFromText, let first = text.utf8.first, "=+-@".utf8.contains(first) { text = "'" + text }
    guard separation == .commas, text.utf8.contains(where: { "\",".utf8.contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
