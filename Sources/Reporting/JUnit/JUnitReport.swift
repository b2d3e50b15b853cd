public import Diagnosis
public import HandshakeModel
import NetworkValues
import TLSProtocol

/// Results as JUnit's XML, which CI systems show as tests: a connection, or a comparison, is one.
///
/// Each stands in a suite of its own: a suite tells how many tests it has before it tells them, and a stream of connections
/// does not know.
public struct JUnitReport: Report {
  public init() {}

  /// The beginning of the document.
  public func opening(title: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tlswhy\">\n"
  }

  /// Its end.
  public func closing() -> String { "</testsuites>\n" }

  /// A connection's suite, of one test.
  public mutating func append(
    _ connection: borrowing Connection, causes: [Cause], detail: TextReport.Detail, capture: String?,
    to output: inout JSONWriter
  ) {
    let name = connection.transcript.clientHellos.first?.value.serverName.map { " \($0.clipped(to: 120))" } ?? ""
    let nanoseconds = max(0, connection.ended.nanoseconds &- connection.started.nanoseconds)
    output.verbatim(
      Self.suite(
        capture ?? "tlswhy", test: "\(connection.index): \(connection.client) → \(connection.server)\(name)",
        nanoseconds: nanoseconds, cause: causes.first,
        isFailure: connection.outcome == .failed || causes.first?.code.isFailure == true,
        isOpen: connection.outcome == .incomplete))
  }

  /// Nothing: each suite has counts of its own.
  public func summary(of story: CaptureStory, causes: [CauseCode: Int]) -> String { "" }

  /// A suite of one test that failed.
  public func failureWithoutConnection(_ cause: Cause, in story: CaptureStory) -> String? {
    Self.suite(story.name, test: cause.code.rawValue, nanoseconds: 0, cause: cause, isFailure: true, isOpen: false)
  }

  /// A document of one test, which fails where the comparison finds a cause.
  public mutating func document(on comparison: Comparison, working: CaptureStory, failing: CaptureStory) -> String {
    let cause = comparison.causes.first
    return opening(title: "")
      + Self.suite(
        "tlswhy diff", test: "\(failing.name) against \(working.name)", nanoseconds: 0, cause: cause,
        isFailure: cause?.code != CauseCode.none || comparison.isSwapped, isOpen: false, remark: comparison.swapRemark)
      + closing()
  }

  /// A document without a test: nothing was tested.
  public func document(on explanation: Explanation) -> String { opening(title: "") + closing() }

  private static func suite(
    _ suite: String, test: String, nanoseconds: Int64, cause: Cause?, isFailure: Bool, isOpen: Bool,
    remark: String? = nil
  ) -> String {
    let time = seconds(nanoseconds)
    var text =
      "<testsuite name=\"\(XMLText.escape(suite))\" tests=\"1\" failures=\"\(isFailure ? 1 : 0)\" errors=\"0\" "
      + "skipped=\"\(!isFailure && isOpen ? 1 : 0)\" time=\"\(time)\">\n"
      + "<testcase classname=\"\(XMLText.escape(suite))\" name=\"\(XMLText.escape(test))\" time=\"\(time)\""
    if isFailure {
      let code = cause?.code.rawValue ?? "tls.unknown"
      let title = remark ?? cause?.title ?? "the handshake failed"
      text += ">\n<failure type=\"\(XMLText.escape(code))\" message=\"\(XMLText.escape(title))\">"
      text += XMLText.escape(cause.map(body) ?? "", lines: true) + "</failure>\n</testcase>\n"
    } else if isOpen {
      text += ">\n<skipped message=\"\(XMLText.escape(cause?.title ?? "the capture does not show how it ended"))\"/>\n"
      text += "</testcase>\n"
    } else {
      text += "/>\n"
    }
    return text + "</testsuite>\n"
  }

  /// What a developer reads who opens the failure.
  private static func body(_ cause: Cause) -> String {
    var lines = ["\(cause.title) (\(cause.confidence.rawValue), \(cause.code.rawValue))"]
    lines += cause.evidence.map { item in
      let frames = FrameCitation.text(item.frames)
      return "\(item.capture.rawValue)\(frames.isEmpty ? "" : ", \(frames)"): \(item.text)"
    }
    for remedy in cause.remedies {
      lines.append("\(remedy.audience): \(remedy.text)")
      if let command = remedy.command { lines.append("  \(command)") }
    }
    return lines.map(\.escapedForDisplay).joined(separator: "\n")
  }

  /// `0.041850`.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let microseconds = nanoseconds / 1000
    let digits = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }
}

/// Text in XML 1.0, for elements and attributes.
enum XMLText {
  /// What XML cannot hold at all, control characters and non-characters, is spelled out as on a display.
  static func escape(_ text: String, lines: Bool = false) -> String {
    let escaped = lines ? text : text.escapedForDisplay
    var output = ""
    for scalar in escaped.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case _ where scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value):
        output += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
