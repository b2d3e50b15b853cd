import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let appHTTPProxy = Mechanism(
    MechanismID(.appProxyProtocol, "http-proxy"),
    CauseDescription(
      "HTTP proxy does not connect the client",
      "The client asked an HTTP proxy for a tunnel by CONNECT, and the proxy refused it or never answered.",
      evidence: "a CONNECT that is answered with an error status, or not at all"),
    stage: .firstBytes,
    event: { tunnel(by: .httpConnect, $0) },
    advice: tunnelAdvice)

  static let appSOCKSProxy = Mechanism(
    MechanismID(.appProxyProtocol, "socks-proxy"),
    CauseDescription(
      "SOCKS proxy does not connect the client",
      "The client asked a SOCKS proxy to connect it, and the proxy refused.",
      evidence: "a SOCKS request and a reply that refuses it (RFC 1928 §3 and §6)"),
    stage: .firstBytes,
    event: { tunnel(by: .socks, $0) },
    advice: tunnelAdvice)

  private static let tunnelAdvice = Advice(
    mends: .client, remedies: { $0.tunnelRemedies }, nextSteps: { $0.tunnelSteps })

  private static func tunnel(by kind: PlaintextKind, _ inquiry: Inquiry) -> Claim? {
    guard let connection = inquiry.connection, let ending = inquiry.ending, let failed = FailedTunnel(connection),
      failed.request.kind == kind
    else { return nil }
    let request = inquiry.observed(
      .proxyHeader, [failed.request.frame], "the client asks the proxy: \"\(failed.request.excerpt)\"")
    switch failed {
    case .refused(_, let reply, let reason):
      return Claim(
        .proof, "The proxy refuses to connect the client to the server: \(Escaped.text(reason))",
        inquiry.untilTheEnd([
          request, inquiry.observed(.serverPlaintext, [reply.frame], "the proxy answers \"\(reply.excerpt)\""),
        ]))
    case .unanswered(_, let seconds, let isClosedByProxy):
      let silence =
        isClosedByProxy ? "the proxy closes; it has sent not one byte" : "the proxy has sent not one byte until here"
      return Claim(
        .strong,
        isClosedByProxy
          ? "The proxy closes the connection without an answer to the client's CONNECT"
          : "The proxy does not answer the client's CONNECT for \(Seconds.text(seconds)): it may wait for the server behind it",
        [request, inquiry.observed(.ending, ending.frame.map { [$0] } ?? [connection.lastFrame], silence)])
    }
  }
}

extension Inquiry {
  /// What helps where a proxy does not connect the client: nothing that a PROXY header has to do with. Nil where the
  /// client asked no proxy.
  var tunnelRemedies: [Remedy]? {
    guard let connection, connection.proxyRequest != nil else { return nil }
    let proxy = connection.server.description
    var remedies = [
      Remedy(for: "client", "Give the proxy the credentials that it wants, or go around it for this host (NO_PROXY)")
    ]
    if case .refused(let reason) = ProxyAnswer(connection) {
      remedies.append(
        Remedy(for: "proxy \(proxy)", "Allow the client and this target: it answered \(Escaped.text(reason))"))
    } else {
      remedies.append(Remedy(for: "proxy \(proxy)", "See whether it reaches the target by itself, and answers in time"))
    }
    return remedies
  }

  /// How to see that the proxy, or what it connects to, is the cause; nil where the client asked no proxy.
  var tunnelSteps: [NextStep]? {
    guard let connection, let request = connection.proxyRequest else { return nil }
    var steps = [NextStep("Read the proxy's log for that second")]
    let words = request.excerpt.split(separator: " ")
    if request.kind == .httpConnect, words.count >= 2, words[0] == "CONNECT" {
      let proxy = ShellWord(known: "http://\(ConfirmCommands.text(connection.server))")
      let target = ShellWord(scheme: "https", authority: String(words[1]), for: "the target that the client named")
      steps.insert(
        NextStep(
          "Ask the proxy for the same: should fail as the client did", command: "curl -kv -x \(proxy) \(target)"),
        at: 0)
    }
    return steps
  }
}
