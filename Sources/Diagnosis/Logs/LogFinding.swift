public import NetworkValues
public import TLSProtocol

/// What one line of a log says about why a handshake failed.
public struct LogFinding: Sendable, Hashable {
  /// What the line says went wrong.
  public var cause: CauseCode
  /// The word of the mechanism that the line names, as in `must-staple`; nil where it names the cause alone.
  public var mechanism: String?
  /// How surely it says so.
  public var confidence: Confidence
  /// Counted from 1.
  public var line: Int
  /// The line as far as it matters, at most ``excerptLimit`` characters, with everything unprintable escaped.
  public var excerpt: String
  /// Who writes like this.
  public var stack: Stack?
  /// The alert that the line names, if it names one.
  public var alert: AlertDescription?
  /// The alert came from the peer; false for one that the logging side sent, or no alert.
  public var isPeerAlert: Bool
  /// The line's own time, or that of the last line before it that has one.
  public var time: Timestamp?
  /// The log's time zone is written down; otherwise its times are read as UTC and may be off by whole quarters of an
  /// hour.
  public var isTimeZoneKnown: Bool
  /// The peer that the line names; the port may be unknown.
  public var peer: LogPeer?
  /// How many further lines say the same in a row.
  public var repeats = 0

  /// Characters of a line that are kept.
  public static let excerptLimit = 160
}

/// An address, perhaps with a port, as a log names it.
public struct LogPeer: Sendable, Hashable {
  /// The peer's address.
  public var address: IPAddress
  /// The peer's port; nil where the line names none.
  public var port: UInt16?

  public init(address: IPAddress, port: UInt16?) { (self.address, self.port) = (address, port) }
}

/// What a log says.
public struct LogFindings: Sendable {
  /// Whose log it is.
  public var side: Role
  /// In order of lines; at most ``limit``.
  public var findings: [LogFinding] = []
  /// The stack that wrote it, by its way of writing.
  public var stack: Stack?
  /// Lines that were read.
  public var lines = 0
  /// Bytes that were read.
  public var bytes: UInt64 = 0
  /// What the reader should know about the log itself, in whole sentences without a final full stop.
  public var notes: [String] = []

  /// Findings that are kept of one log.
  public static let limit = 10_000

  public init(side: Role) { self.side = side }

  /// The finding that says most: the surest, among equals a specific cause before an unknown one, then the first.
  public var strongest: LogFinding? {
    findings.enumerated().max { left, right in
      (rank(left.element), -left.offset) < (rank(right.element), -right.offset)
    }?.element
  }

  private func rank(_ finding: LogFinding) -> Int {
    let confidence = finding.confidence == .certain ? 4 : finding.confidence == .likely ? 2 : 0
    return confidence + (finding.cause == .tlsUnknown ? 0 : 1)
  }
}
