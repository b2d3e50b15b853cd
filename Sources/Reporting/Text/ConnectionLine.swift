import HandshakeModel
import NetworkValues
import TLSProtocol

/// A connection in one line.
enum ConnectionLine {
  struct Part {
    /// 0 is never dropped; higher numbers go first.
    let priority: Int
    let text: StyledText
    var plainText: String { text.plain }
    init(_ priority: Int, _ text: String, _ emphasis: Emphasis = []) {
      (self.priority, self.text) = (priority, StyledText(text, emphasis))
    }
  }

  /// - Parameter duration: in nanoseconds; by default that of the whole connection.
  static func parts(_ connection: Connection, duration: Int64? = nil) -> [Part] {
    var parts = addresses(connection)
    if let name = connection.transcript.clientHellos.first?.value.serverName {
      parts.append(Part(2, name.escapedForDisplay.clipped(to: 40)))
    }
    if let negotiated = Negotiated(connection.transcript) {
      parts.append(Part(1, negotiated.version.name))
      parts.append(Part(5, negotiated.cipherSuite.name, .dim))
      if let group = negotiated.group { parts.append(Part(6, group.name, .dim)) }
      if let chosen = negotiated.applicationProtocol {
        parts.append(Part(4, chosen.escapedForDisplay.clipped(to: 16)))
      }
      if negotiated.isResumed { parts.append(Part(7, "resumed", .dim)) }
    }
    let duration = duration ?? (connection.ended.nanoseconds &- connection.started.nanoseconds)
    parts.append(Part(3, Measures.duration(nanoseconds: duration), .dim))
    return parts
  }

  static func heading(_ connection: Connection) -> [Part] {
    var parts = addresses(connection)
    if let name = connection.transcript.clientHellos.first?.value.serverName {
      parts.append(Part(2, name.escapedForDisplay.clipped(to: 40)))
    }
    let reason = connection.incompleteReason.map { " (\($0.words))" } ?? ""
    parts.append(Part(1, connection.outcome.rawValue + reason, connection.outcome.sign.emphasis))
    parts.append(Part(3, FrameCitation.span(connection.firstFrame, connection.lastFrame), .dim))
    return parts
  }

  private static func addresses(_ connection: Connection) -> [Part] {
    [
      Part(0, "\(connection.index)", .bold),
      Part(0, "\(connection.client) → \(connection.server)"),
    ]
  }
}
