import HandshakeModel
import NetworkValues
import TLSProtocol

extension Connection {
  /// What the client asked a proxy, in its first words; nil where it asked none. PROXY headers are another matter.
  var proxyRequest: PlaintextNote? {
    guard let first = firstPlaintext(from: .client), first.kind == .httpConnect || first.kind == .socks else {
      return nil
    }
    return first
  }

  /// The PROXY protocol headers that the client's side sent; one is what a server expects at most.
  var proxyHeaders: [PlaintextNote] {
    transcript.plaintext.filter { $0.sender == .client && $0.kind == .proxyProtocol }
  }

  /// The first of them; nil where there is none.
  var proxyHeader: PlaintextNote? { proxyHeaders.first }
}

extension PlaintextNote {
  /// A PROXY protocol header as part of a sentence: version 1 is a line of text, version 2 is binary.
  var header: String {
    excerpt.hasPrefix("PROXY ") ? "a PROXY protocol header (\"\(excerpt)\")" : "a PROXY protocol header of version 2"
  }
}

/// A client's wish to be connected that its proxy did not fulfil.
enum FailedTunnel {
  case refused(request: PlaintextNote, reply: PlaintextNote, reason: String)
  /// No answer, for so many seconds; most often the proxy waits in vain for the server behind it.
  case unanswered(request: PlaintextNote, seconds: Double, isClosedByProxy: Bool)

  /// Nil where no tunnel was asked for, where it was granted, or where that is not known.
  init?(_ connection: Connection) {
    guard let failed = Self.refused(connection) ?? Self.unanswered(connection) else { return nil }
    self = failed
  }

  /// What the client asked.
  var request: PlaintextNote {
    switch self {
    case .refused(let request, _, _): request
    case .unanswered(let request, _, _): request
    }
  }

  private static func refused(_ connection: Connection) -> Self? {
    let notes = connection.transcript.plaintext
    guard connection.transcript.clientTLSOffset == nil, case .refused(let reason) = ProxyAnswer(connection),
      let request = notes.first(where: { $0.sender == .client && ($0.kind == .httpConnect || $0.kind == .socks) }),
      let reply = notes.first(where: { $0.sender == .server && $0.frame > request.frame })
    else { return nil }
    return .refused(request: request, reply: reply, reason: reason)
  }

  private static func unanswered(_ connection: Connection) -> Self? {
    guard !connection.transcript.isTLS, connection.network.server.isSilent, !connection.network.isOneSided,
      connection.network.client.unacknowledgedBytes == 0,
      let request = connection.firstPlaintext(from: .client), request.kind == .httpConnect
    else { return nil }
    let close = connection.firstClose
    let waited = (close?.time ?? connection.ended).seconds(since: request.time)
    guard close?.sender == .server || waited >= Patience.answer else { return nil }
    return .unanswered(request: request, seconds: waited, isClosedByProxy: close?.sender == .server)
  }
}
