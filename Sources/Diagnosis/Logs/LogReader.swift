public import TLSProtocol

/// Reads a log, whatever program wrote it, and takes from it what names a cause. Bytes come in pieces of any size;
/// memory stays bounded however long the log, or a line of it.
public struct LogReader: Sendable {
  private var result: LogFindings
  private var interpreter: LogInterpreter
  private var state = PatternMatcher.start
  /// The patterns found in the current line.
  private var matches: [UInt16] = []
  /// The current line as far as it was read; what exceeds ``lineLimit`` is only searched.
  private var line: [UInt8] = []
  private var isInEscape = false
  /// NUL bytes: every other byte of a log in UTF-16.
  private var zeroBytes: UInt64 = 0

  /// Bytes of a line that are kept; further ones are searched but not shown.
  static let lineLimit = 16_384
  private static let matchLimit = 24
  private static let matcher = PatternMatcher(LogPattern.all.map(\.text))

  public init(side: Role) {
    result = LogFindings(side: side)
    interpreter = LogInterpreter(side: side)
  }

  /// Reads a whole log.
  public static func read(_ bytes: [UInt8], side: Role) -> LogFindings {
    var reader = LogReader(side: side)
    reader.read(bytes)
    return reader.finish()
  }

  /// Reads a whole log.
  public static func read(_ text: String, side: Role) -> LogFindings { read(Array(text.utf8), side: side) }

  /// Reads the next piece.
  public mutating func read(_ bytes: [UInt8]) {
    result.bytes &+= UInt64(bytes.count)
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        endLine()
        continue
      }
      if byte == 0 {
        // UTF-16, as PowerShell writes it, becomes ASCII by leaving its zero bytes out.
        zeroBytes &+= 1
        continue
      }
      if isInEscape {
        // A terminal's colour sequence ends with its first letter.
        isInEscape = !(0x40...0x7e).contains(byte) || byte == UInt8(ascii: "[")
        continue
      }
      if byte == 0x1b {
        isInEscape = true
        continue
      }
      if line.count < Self.lineLimit { line.append(byte) }
      state = Self.matcher.advance(state, byte)
      if Self.matcher.isEnding(state), matches.count < Self.matchLimit {
        matches += Self.matcher.matches(state)
      }
    }
  }

  /// Ends the log and says what it holds.
  public mutating func finish() -> LogFindings {
    if !line.isEmpty { endLine() }
    interpreter.finish(&result)
    if result.bytes == 0 {
      result.notes.append("The log is empty")
    } else if result.stack == nil && result.findings.isEmpty {
      result.notes.append("Nothing in the log was recognised: it is left aside")
    } else if result.findings.isEmpty {
      result.notes.append("The log names no cause")
    }
    if zeroBytes > result.bytes / 4 { result.notes.append("The log was read as UTF-16") }
    return result
  }

  private mutating func endLine() {
    result.lines &+= 1
    if !matches.isEmpty { interpreter.interpret(line, matches, &result) }
    line.removeAll(keepingCapacity: true)
    matches.removeAll(keepingCapacity: true)
    state = PatternMatcher.start
    isInEscape = false
  }
}
