import HandshakeModel
import NetworkProtocols
import TLSProtocol

extension Inquiry {
  /// What the client asked a proxy, in its first words; nil where it asked none. PROXY headers are another matter.
  private var tunnelRequest: PlaintextNote? {
    guard let first = connection?.transcript.plaintext.first(where: { $0.sender == .client }),
      first.kind == .httpConnect || first.kind == .socks
    else { return nil }
    return first
  }

  /// What helps where a proxy does not connect the client: nothing that a PROXY header has to do with.
  func tunnelRemedies(for code: CauseCode) -> [Remedy]? {
    guard code == .appProxyProtocol, tunnelRequest != nil, let connection else { return nil }
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

  /// How to see that the proxy is the cause.
  func tunnelSteps(for code: CauseCode) -> [NextStep]? {
    guard code == .appProxyProtocol, let request = tunnelRequest, let connection else { return nil }
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
