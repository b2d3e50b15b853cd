import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// A PROXY header that one side wants and the other does not send, or the other way round; a refused CONNECT.
  static let proxyProtocol = Rule(.appProxyProtocol) { inquiry in
    guard let connection = inquiry.connection else { return [] }
    return refusedConnect(connection, inquiry) ?? unansweredConnect(connection, inquiry)
      ?? headerMismatch(connection, inquiry) ?? []
  }

  private static func refusedConnect(_ connection: Connection, _ inquiry: Inquiry) -> [Finding]? {
    let notes = connection.transcript.plaintext
    guard connection.transcript.clientTLSOffset == nil, case .refused(let reason) = ProxyAnswer(connection),
      let request = notes.first(where: { $0.sender == .client && ($0.kind == .httpConnect || $0.kind == .socks) }),
      let reply = notes.first(where: { $0.sender == .server && $0.frame > request.frame })
    else { return nil }
    return [
      Finding(
        .appProxyProtocol, 93, "The proxy refuses to connect the client to the server: \(Escaped.text(reason))",
        evidence: [
          inquiry.evidence([request.frame], "the client asks the proxy: \"\(request.excerpt)\""),
          inquiry.evidence([reply.frame], "the proxy answers \"\(reply.excerpt)\""),
        ])
    ]
  }

  /// The proxy took the request and never said yes or no: most often it waits in vain for the server behind it.
  private static func unansweredConnect(_ connection: Connection, _ inquiry: Inquiry) -> [Finding]? {
    guard !connection.transcript.isTLS, connection.network.server.isSilent, !connection.network.isOneSided,
      connection.network.client.unacknowledgedBytes == 0,
      let request = connection.transcript.plaintext.first(where: { $0.sender == .client }),
      request.kind == .httpConnect, let ending = inquiry.ending
    else { return nil }
    let close = connection.firstClose
    let waited = (close?.time ?? connection.ended).seconds(since: request.time)
    guard close?.sender == .server || waited >= 1 else { return nil }
    let isClosed = close?.sender == .server
    return [
      Finding(
        .appProxyProtocol, isClosed ? 80 : 88,
        isClosed
          ? "The proxy closes the connection without an answer to the client's CONNECT"
          : "The proxy does not answer the client's CONNECT for \(Seconds.text(waited)): it may wait for the server behind it",
        evidence: [
          inquiry.evidence([request.frame], "the client asks the proxy: \"\(request.excerpt)\""),
          inquiry.evidence(
            ending.frame.map { [$0] } ?? [connection.lastFrame],
            isClosed ? "the proxy closes; it has sent not one byte" : "the proxy has sent not one byte until here"),
        ])
    ]
  }

  private static func headerMismatch(_ connection: Connection, _ inquiry: Inquiry) -> [Finding]? {
    let header = connection.transcript.plaintext.first { $0.sender == .client && $0.kind == .proxyProtocol }
    let workingHeader = inquiry.working?.transcript.plaintext.first {
      $0.sender == .client && $0.kind == .proxyProtocol
    }
    guard connection.transcript.serverHellos.isEmpty,
      connection.hasWaitedForAnswer || !connection.network.server.isSilent,
      let ending = inquiry.ending
    else { return nil }
    let last = inquiry.evidence(
      ending.frame.map { [$0] } ?? [connection.lastFrame],
      connection.network.server.isSilent
        ? "the server sends not one byte of TLS" : "the server sends no ServerHello")
    if header == nil, let workingHeader, !connection.transcript.clientHellos.isEmpty,
      !connection.network.lacksBytes(from: .client)
    {
      return [
        Finding(
          .appProxyProtocol, 94, "The server expects a PROXY protocol header, and the failing client sends none",
          evidence: [
            inquiry.workingEvidence(
              [workingHeader.frame], "the working connection begins with \"\(workingHeader.excerpt)\""),
            inquiry.evidence(
              connection.transcript.clientHellos.prefix(1).map(\.frame), "the failing one begins with its ClientHello"),
            last,
          ])
      ]
    }
    if let header, inquiry.working == nil || workingHeader == nil {
      let isKnownToDiffer = inquiry.working != nil
      return [
        Finding(
          .appProxyProtocol, isKnownToDiffer ? 94 : 75,
          "The client sends a PROXY protocol header that the server does not expect",
          evidence: [inquiry.evidence([header.frame], "the connection begins with \"\(header.excerpt)\""), last])
      ]
    }
    return nil
  }
}
