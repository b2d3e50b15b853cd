import NetworkValues
import TLSProtocol

/// Commands that several mechanisms below TLS are confirmed with.
enum TransportConfirmation {
  /// Connects as the failing client did and, where it reached for another endpoint, as the working one.
  static func connect(_ it: Confirmation) -> ConfirmationPlan {
    ConfirmationPlan(
      NextStep("Connect as the failing client did", command: asTheFailingClient(it)),
      it.accepted?.endpoint == it.server
        ? nil : asTheWorkingClient(it).map { NextStep("Connect as the working one did", command: $0) })
  }

  /// The same over UDP, and for QUIC over TCP beside it.
  static func connectOverUDP(_ it: Confirmation) -> ConfirmationPlan {
    if it.hello?.legacyVersion.isDTLS == true {
      let command: ShellCommand = "openssl s_client -dtls -connect \(ConfirmCommands.word(it.server))"
      return ConfirmationPlan(NextStep("Connect over DTLS: should get no answer", command: command), nil)
    }
    let target = ConfirmCommands.curlTarget(it.server, name: it.name)
    return ConfirmationPlan(
      NextStep(
        "Connect over QUIC as the failing client did (with a curl that has HTTP/3)",
        command: "curl --http3-only -kv --connect-timeout 5 --max-time 15 \(target)"),
      NextStep("Over TCP: passes where only QUIC is turned away", command: curl + target))
  }

  private static let curl: ShellCommand = "curl -kv --connect-timeout 5 --max-time 15 "

  /// curl to the endpoint that the failing client reached for; `openssl s_client` where the protocol is not HTTP.
  static func asTheFailingClient(_ it: Confirmation) -> ShellCommand {
    if it.isQUIC {
      return
        "curl --http3-only -kv --connect-timeout 5 --max-time 15 \(ConfirmCommands.curlTarget(it.server, name: it.name))"
    }
    if it.isOtherThanHTTP || it.hello?.legacyVersion.isDTLS == true {
      return ConfirmCommands.offer(it.hello).command(
        endpoint: ConfirmCommands.word(it.server), options: it.startTLSOptions)
    }
    return curl + ConfirmCommands.curlTarget(it.server, name: it.name)
  }

  /// curl to the endpoint that the working client reached; nil where none is known.
  static func asTheWorkingClient(_ it: Confirmation) -> ShellCommand? {
    if it.isOtherThanHTTP {
      return it.accepted?.endpoint.map {
        var offer = ConfirmCommands.offer(it.hello)
        offer.serverName = it.accepted?.serverName
        return offer.command(endpoint: ConfirmCommands.word($0), options: it.startTLSOptions)
      }
    }
    return it.accepted?.endpoint.map { curl + ConfirmCommands.curlTarget($0, name: it.accepted?.serverName) }
  }

  /// Connects with a hello that ALPN names fill until it needs two packets: no post-quantum group is needed for that.
  static func largeHello(_ hello: ClientHello?, _ server: Endpoint) -> ShellCommand {
    var offer = ConfirmCommands.offer(hello)
    offer.applicationProtocols = []
    offer.groups = offer.groups.filter { !$0.contains("MLKEM") }
    return offer.command(
      endpoint: ConfirmCommands.word(server),
      options: ["-alpn \"$(printf 'filler-%03d,' $(seq 1 150))http/1.1\""])
  }

  /// Connects with a hello that one small packet holds.
  static func smallHello(_ hello: ClientHello?, _ server: Endpoint) -> ShellCommand {
    var offer = ConfirmCommands.offer(hello)
    offer.applicationProtocols = []
    offer.groups = ["X25519", "P-256"]
    return offer.command(endpoint: ConfirmCommands.word(server))
  }

  /// Runs a command while a route to the server stands with which the client announces a small MSS (RFC 9293 §3.7.1), and
  /// takes the route back. Where there was a route already, none is added, and none may be taken away.
  static func withSmallSegments(_ server: Endpoint, _ command: ShellCommand) -> ShellCommand {
    let address = ShellWord(known: "\(server.address)")
    return
      "ip route add $(ip route get \(address) | sed -n '1{s/ from :://;s/ src .*//;p;}') advmss 1100 && "
      + "{ \(command) ; ip route del \(address) ; }"
  }
}
