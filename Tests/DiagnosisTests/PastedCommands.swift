import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import Diagnosis

/// Every command that the knowledge can print, with a value in each place that packets fill.
struct PastedCommand: Hashable {
  var text: String
  /// Where it was found, for the message of a test that fails.
  var origin: String
}

enum PastedCommands {
  static let codes = CauseCode.allCases
  static let stacks: [Stack?] =
    [nil] + StackFamily.allCases.map { Stack($0) } + StackProduct.allCases.map { Stack(.openSSL, product: $0) }
  private static let spoken: [PlaintextKind?] = [
    nil, .httpRequest, .httpResponse, .smtp, .ftp, .imap, .pop3, .ldap, .xmpp, .irc, .nntp, .sieve, .mysql, .postgresql,
    .unknown,
  ]
  private static let servers = [
    Endpoint(address: IPAddress(ipv4: 0x7f00_0001), port: 9443),
    Endpoint(address: IPAddress(ipv6High: 0x2001_0db8_0000_0000, low: 1), port: 9443),
  ]

  /// What packets can put into a command that confirms.
  struct Values {
    var asked: String
    var working: String
    var listed: String
    var protocolName: String

    static let harmless = Self(
      asked: "asked.example", working: "working.example", listed: "listed.example", protocolName: "alpn.example")

    init(asked: String, working: String, listed: String, protocolName: String) {
      (self.asked, self.working, self.listed, self.protocolName) = (asked, working, listed, protocolName)
    }

    /// The same value everywhere; the working client's name has to be another one.
    init(_ value: String) { self.init(asked: value, working: value + value, listed: value, protocolName: value) }
  }

  /// What confirms each cause, in an order that does not depend on the values.
  static func confirming(_ values: Values, allServers: Bool) -> [PastedCommand] {
    var accepted = ServerAcceptance()
    accepted.endpoint = servers[0]
    accepted.version = ProtocolVersion(rawValue: 0x0304)
    accepted.cipherSuite = CipherSuite(rawValue: 0xc030)
    accepted.group = NamedGroup(rawValue: 24)
    accepted.serverName = values.working
    (accepted.applicationProtocol, accepted.offeredProtocols) = ("h2", [values.protocolName, "h2"])
    accepted.certificateNames = ["right.example"]
    var facts = CertificateFacts()
    (facts.notBefore, facts.notAfter, facts.dnsNames) = (1_000_000, 3_000_000, [values.listed])
    let protocols = [values.protocolName, "http/1.1"]
    let hellos = [
      ConfirmHello.make(protocols: protocols, name: values.asked),
      ConfirmHello.make(versions: [0x0301], protocols: protocols, name: values.asked, extendedMasterSecret: false), nil,
    ]
    var commands: [PastedCommand] = []
    for code in codes {
      for server in allServers ? servers : [servers[1]] {
        for hello in allServers ? hellos : [hellos[0]] {
          for kind in allServers && code.layer == .application ? spoken : [nil] {
            let plan = ConfirmCommands.plan(
              for: code, hello: hello, server: server, accepted: accepted, certificate: facts, spoken: kind)
            commands += (plan?.steps ?? []).compactMap { step in
              step.command.map { PastedCommand(text: $0, origin: "plan for \(code.rawValue)") }
            }
          }
        }
      }
    }
    return commands
  }

  /// Remedies and next steps of each cause, stack and side, where `value` is all that packets say.
  static func advising(with value: String?) -> [PastedCommand] {
    var context = RemedyContext()
    (context.serverName, context.port) = (value, 9443)
    (context.address, context.workingAddress) = ("2001:db8::1", "192.0.2.1")
    (context.failingFamily, context.workingFamily) = (.ipv6, .ipv4)
    context.acceptedProtocol = value
    (context.certificateNames, context.issuer) = ([value ?? ""], value)
    context.acceptedSuite = CipherSuite(rawValue: 0xc02f)
    context.acceptedGroup = NamedGroup(rawValue: 29)
    return codes.flatMap { code in
      stacks.flatMap { stack in
        Remedies.for(code: code, client: stack, server: stack, context: context).map { ($0.command, $0.text) }
          + NextSteps.for(code: code, client: stack, server: stack, context: context).map { ($0.command, $0.text) }
      }.compactMap { command, text in
        command.map { PastedCommand(text: $0, origin: "\(code.rawValue): \(text)") }
      }
    }
  }

  /// What a client that asked a proxy for `target` is told to run.
  static func tunnelling(to target: String) -> [PastedCommand] {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .httpConnect, "CONNECT \(target) HTTP/1.1")
    let inquiry = Inquiry(
      attempt: Attempt(connections: [builder.connection], lookups: []), connection: builder.connection)
    return (inquiry.tunnelSteps ?? []).compactMap { step in
      step.command.map { PastedCommand(text: $0, origin: "tunnel") }
    }
  }
}
