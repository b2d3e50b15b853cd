public import Diagnosis
public import HandshakeModel
public import NetworkValues
import TLSProtocol

/// What `tlswhy capture` prints as each connection is decided: a line, and for a failure its verdict under it.
public struct LiveLine: Sendable {
  /// Colours and characters that the terminal has.
  public var style: Style
  /// Columns of the terminal.
  public var width: Int
  /// Where the line of a connection may be longer than ``width``: what does not fit into a terminal's line is left out of
  /// it, but a file has room for all.
  public var isUnbroken: Bool
  /// Whose time of day starts each line.
  public var clock: Clock

  public init(style: Style = Style(), width: Int = 80, isUnbroken: Bool = false, clock: Clock = .utc) {
    self.style = style
    self.width = width
    self.isUnbroken = isUnbroken
    self.clock = clock
  }

  /// - Parameter files: the files of a rotation that keep the frames.
  public func render(_ connection: Connection, causes: [Cause], files: [CaptureFilePlace] = []) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    let isFailure = connection.outcome != .established || causes.first?.code.isFailure == true
    let sign = isFailure && connection.outcome == .established ? Outcome.failed.sign : connection.outcome.sign
    let head =
      StyledText(clock.timeOfDay(connection.ended), .dim) + StyledText(" \(sign.text) ", [.bold, sign.emphasis])
    // The number of a connection says nothing to somebody who watches; the rest is what a list of a file shows.
    var parts = Array(ConnectionLine.parts(connection, duration: connection.handshakeDuration).dropFirst())
    if isFailure {
      let code = causes.first.map { $0.code.rawValue } ?? connection.outcome.rawValue
      parts.insert(ConnectionLine.Part(0, code, [.bold, sign.emphasis]), at: 0)
    }
    let room = isUnbroken ? Int.max : max(width, 40) - head.adapted(to: style).width
    document.line(head + document.fitted(parts, to: room))
    if isFailure, let cause = causes.first { Self.verdict(cause, files, in: &document) }
    return document.text
  }

  /// A failure that belongs to no connection, as a name that `client` looked up in vain.
  public func render(
    _ cause: Cause, of client: IPAddress, at moment: Timestamp, files: [CaptureFilePlace] = []
  ) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    let sign = Outcome.failed.sign
    document.line(
      StyledText(clock.timeOfDay(moment), .dim)
        + StyledText(" \(sign.text) \(cause.code.rawValue)", [.bold, sign.emphasis])
        + StyledText("  \(client)"))
    Self.verdict(cause, files, in: &document)
    return document.text
  }

  private static func verdict(_ cause: Cause, _ files: [CaptureFilePlace], in document: inout TextDocument) {
    document.paragraph(
      StyledText(cause.title, .bold) + StyledText(" (\(cause.confidence.rawValue))"), indent: 4)
    let evidence = cause.evidence.prefix(4)
    for item in evidence {
      let citation = FrameCitation.text(item.frames)
      let lead = StyledText(citation.isEmpty ? "" : citation + ": ", .dim)
      document.paragraph(StyledText(item.text), lead: lead, indent: 6)
    }
    for place in CaptureFilePlace.locate(evidence.flatMap(\.frames), in: files) {
      document.paragraph(StyledText("\(FrameCitation.text(place.frames)) of \(place.path)", .dim), indent: 6)
    }
  }
}
