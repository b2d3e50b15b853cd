import HandshakeModel
import NetworkProtocols
import TLSProtocol

extension Rule {
  /// A PROXY header that one side wants and the other does not send, or the other way round; a refused CONNECT.
  static let proxyProtocol = Rule(.appProxyProtocol) { inquiry in
    guard let connection = inquiry.connection else { return [] }
    return refusedConnect(connection, inquiry) ?? headerMismatch(connection, inquiry) ?? []
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

  private static func headerMismatch(_ connection: Connection, _ inquiry: Inquiry) -> [Finding]? {
    let header = connection.transcript.plaintext.first { $0.sender == .client && $0.kind == .proxyProtocol }
    let workingHeader = inquiry.working?.transcript.plaintext.first {
      $0.sender == .client && $0.kind == .proxyProtocol
    }
    guard connection.transcript.serverHellos.isEmpty, let ending = inquiry.ending else { return nil }
    let last = inquiry.evidence(
      ending.frame.map { [$0] } ?? [connection.lastFrame],
      connection.network.server.isSilent
        ? "the server sends not one byte of TLS" : "the server sends no ServerHello")
    if header == nil, let workingHeader {
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
