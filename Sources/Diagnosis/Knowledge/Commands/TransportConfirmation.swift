import NetworkProtocols
import TLSProtocol

/// Confirms failures below TLS.
enum TransportConfirmation {
  static func plan(
    _ code: CauseCode, _ hello: ClientHello?, _ server: Endpoint, _ accepted: ServerAcceptance?, name: String?
  ) -> ConfirmationPlan? {
    let failing = curl(server, name)
    let working = accepted?.endpoint.map { curl($0, accepted?.serverName) }
    switch code {
    case .tcpAddressFamily:
      return ConfirmationPlan(
        NextStep("Connect over \(family(server)): should fail as the client did", command: failing),
        working.flatMap { command in
          accepted?.endpoint.map { NextStep("Over \(family($0)): should pass", command: command) }
        })
    case .tcpPathMTU:
      return ConfirmationPlan(
        NextStep("Send a hello of more than one packet: should hang", command: largeHello(hello, server)),
        NextStep("Send a small one: should pass", command: smallHello(hello, server)))
    case .tcpResetInjected:
      return ConfirmationPlan(
        NextStep("With the server name: should be reset", command: failing),
        NextStep("Without it: passes, if the name is what the filter looks for", command: smallHello(nil, server)))
    default:
      return ConfirmationPlan(
        NextStep("Connect as the failing client did", command: failing),
        accepted?.endpoint == server ? nil : working.map { NextStep("Connect as the working one did", command: $0) })
    }
  }

  private static func curl(_ server: Endpoint, _ name: String?) -> ShellCommand {
    "curl -kv --connect-timeout 5 --max-time 15 \(ConfirmCommands.curlTarget(server, name: name))"
  }

  private static func family(_ endpoint: Endpoint) -> String { endpoint.address.isIPv4 ? "IPv4" : "IPv6" }

  /// Fills the hello with ALPN names until it needs two packets: no post-quantum group is needed for that.
  private static func largeHello(_ hello: ClientHello?, _ server: Endpoint) -> ShellCommand {
    var offer = ConfirmCommands.offer(hello)
    offer.applicationProtocols = []
    offer.groups = offer.groups.filter { !$0.contains("MLKEM") }
    return offer.command(
      endpoint: ConfirmCommands.word(server),
      options: ["-alpn \"$(printf 'filler-%03d,' $(seq 1 150))http/1.1\""])
  }

  private static func smallHello(_ hello: ClientHello?, _ server: Endpoint) -> ShellCommand {
    var offer = ConfirmCommands.offer(hello)
    offer.applicationProtocols = []
    offer.groups = ["X25519", "P-256"]
    return offer.command(endpoint: ConfirmCommands.word(server))
  }
}
