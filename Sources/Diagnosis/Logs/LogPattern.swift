import TLSProtocol

/// A text that means something in a log. Texts are found whatever their case, with `_` and space alike.
struct LogPattern: Sendable {
  var text: String
  var reading: LogReading
  /// Who writes it; nil where several do.
  var stack: Stack?
  /// The word of the mechanism that the text names (``MechanismID/detail``), where it says how the cause came about.
  var mechanism: String?
  /// In whose log it does; nil in either's.
  var mechanismSide: Role?

  init(_ text: String, _ reading: LogReading, _ stack: Stack? = nil) {
    (self.text, self.reading, self.stack) = (text, reading, stack)
  }

  /// A text that names its cause, and perhaps the mechanism of it.
  init(
    _ text: String, _ cause: CauseCode, _ confidence: Confidence, _ stack: Stack? = nil, by mechanism: String? = nil,
    of side: Role? = nil
  ) {
    self.init(text, .cause(cause, confidence), stack)
    (self.mechanism, mechanismSide) = (mechanism, side)
  }
}

/// How a pattern is understood.
enum LogReading: Sendable {
  case cause(CauseCode, Confidence)
  /// The text means one thing in a client's log and another in a server's, there perhaps less surely.
  case bySide(client: CauseCode, server: CauseCode, Confidence, onServer: Confidence? = nil)
  /// An alert's name follows; after a further text, where one is given.
  case alertName(fromPeer: Bool, after: String = "")
  /// An alert's number follows.
  case alertNumber(fromPeer: Bool)
  /// An alert's number follows in parentheses, with the level in its high byte: curl's way.
  case alertWithLevel(fromPeer: Bool)
  /// The peer, or something between, ended the connection.
  case peerClosed
  /// What the line says about a certificate takes effect only if the handshake then fails.
  case verificationNote
  /// The line is about a proxy's connection to its upstream: the logging program is the client there.
  case upstream
  case context(LogContext.Event)
  /// Tells who writes, no more.
  case mark
}

extension LogPattern {
  /// Every pattern: what any program may say, then what each stack and the programs above it say. Of two that say equally
  /// much of a line the earlier one counts.
  static let all: [LogPattern] =
    transport + startTLS + StackProfile.all.flatMap { $0.logs + $0.programs.flatMap(\.logs) } + services
}
