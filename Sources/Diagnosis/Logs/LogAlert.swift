import TLSProtocol

/// An alert that a log line names.
struct LogAlert: Hashable, Sendable {
  var description: AlertDescription
  var isFromPeer: Bool
  /// The text that introduced it.
  var text: String

  /// The alert of a line; the peer's where the line names one of each side, since that is the reason for the other.
  init?(_ line: [UInt8], _ patterns: [LogPattern]) {
    var found: LogAlert?
    for pattern in patterns {
      guard let (description, isFromPeer) = Self.read(pattern, line) else { continue }
      if found == nil || (isFromPeer && found?.isFromPeer == false) {
        found = LogAlert(description: description, isFromPeer: isFromPeer, text: pattern.text)
      }
    }
    guard let found else { return nil }
    self = found
  }

  private init(description: AlertDescription, isFromPeer: Bool, text: String) {
    (self.description, self.isFromPeer, self.text) = (description, isFromPeer, text)
  }

  private static func read(_ pattern: LogPattern, _ line: [UInt8]) -> (AlertDescription, Bool)? {
    guard let found = LogText.find(pattern.text, in: line) else { return nil }
    var start = found + pattern.text.utf8.count
    switch pattern.reading {
    case .alertName(let isFromPeer, let after):
      if !after.isEmpty {
        guard let further = LogText.find(after, in: line, from: start) else { return nil }
        start = further + after.utf8.count
      }
      let name = LogText.word(line, from: start, stops: ")(]:,.;'\"|}", limit: 64)
      return AlertNames.alert(named: name).map { ($0, isFromPeer) }
    case .alertNumber(let isFromPeer):
      guard let number = LogText.number(line, from: start), let byte = UInt8(exactly: number) else { return nil }
      return (AlertDescription(rawValue: byte), isFromPeer)
    case .alertWithLevel(let isFromPeer):
      guard let open = LogText.find("(", in: line, from: start), let number = LogText.number(line, from: open + 1)
      else { return nil }
      return (AlertDescription(rawValue: UInt8(truncatingIfNeeded: number)), isFromPeer)
    default: return nil
    }
  }
}
