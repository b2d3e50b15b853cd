import Diagnosis
import TLSProtocol
import Testing

@Suite struct RemediesTests {
  private static let failures = CauseCode.allCases.filter {
    $0 != .none && $0 != .captureIncomplete && $0 != .tlsUnknown
  }
  private static let stacks: [Stack] =
    StackFamily.allCases.map { Stack($0) } + StackProduct.allCases.map { Stack(.openSSL, product: $0) }

  private static func context() -> RemedyContext {
    var context = RemedyContext()
    context.serverName = "api.example.org"
    context.address = "2001:db8::7"
    context.port = 8443
    context.failingFamily = .ipv6
    context.workingFamily = .ipv4
    context.workingAddress = "192.0.2.7"
    context.acceptedVersion = ProtocolVersion(rawValue: 0x0303)
    context.acceptedSuite = CipherSuite(rawValue: 0xc02f)
    context.acceptedGroup = NamedGroup(rawValue: 29)
    context.acceptedSignatureScheme = SignatureScheme(rawValue: 0x0403)
    context.acceptedProtocol = "h2"
    return context
  }

  private static func all(_ context: RemedyContext) -> [Remedy] {
    failures.flatMap { code in
      stacks.flatMap { Remedies.for(code: code, client: $0, server: $0, context: context) }
        + Remedies.for(code: code, client: nil, server: nil, context: context)
    }
  }

  @Test(arguments: failures) func everyFailureHasARemedyWithoutKnowingAnyStack(code: CauseCode) {
    let remedies = Remedies.for(code: code, client: nil, server: nil)
    #expect(remedies.contains { $0.audience == "client" } || remedies.contains { $0.audience == "server" })
    #expect(!NextSteps.for(code: code).isEmpty || code == .tlsExtension || code == .tlsFallback)
  }

  @Test func aNamedStacksKnobIsPreferredToGeneralAdvice() throws {
    let remedies = Remedies.for(
      code: .tcpAddressFamily, client: Stack(.jsse), server: Stack(.rustls, product: .actix), context: Self.context())
    let java = try #require(remedies.first)
    #expect(java.audience == "Java client")
    #expect(java.command == "java -Djava.net.preferIPv4Stack=true …")
    let server = try #require(remedies.first { $0.audience == "Actix Web server" })
    #expect(server.command?.contains(".bind_rustls_0_23((\"::\", 8443)") == true)
    #expect(!remedies.contains { $0.audience == "server" })
  }

  @Test func aStackWithoutAKnobForTheCauseGetsGeneralAdviceInItsName() {
    let remedies = Remedies.for(code: .tcpTimeout, client: Stack(.jsse), server: nil)
    #expect(remedies.contains { $0.audience == "Java client" && $0.text.contains("routes") })
  }

  @Test func theSideThatCanMendItComesFirst() {
    #expect(Remedies.for(code: .certExpired, client: nil, server: nil).first?.audience == "server")
    #expect(Remedies.for(code: .certUntrusted, client: nil, server: nil).first?.audience == "client")
  }

  @Test func everyPlaceIsFilledWhereTheContextKnowsIt() {
    let remedies = Self.all(Self.context())
    #expect(remedies.count > 500)
    let keys = [
      "name", "host", "address", "port", "endpoint", "url", "group", "suite", "openssl", "java", "working", "loopback",
    ]
    for remedy in remedies {
      for key in keys {
        #expect(!remedy.text.contains("{" + key), "\(remedy.text)")
        #expect(remedy.command?.contains("{" + key) != true, "\(remedy.command ?? "")")
      }
      #expect(remedy.command?.contains("ENDPOINT") != true)
    }
  }

  @Test func unknownValuesBecomeWordsInCapitals() {
    let steps = NextSteps.for(code: .tlsSNIMissing)
    #expect(steps.first?.command?.contains("-connect ENDPOINT -servername NAME") == true)
  }

  @Test func addressesAreBracketedAndNamesPreferred() {
    var context = Self.context()
    #expect(
      NextSteps.for(code: .tcpServerSilent, context: context).first?.command?.contains("https://api.example.org:8443/")
        == true)
    context.serverName = nil
    #expect(
      NextSteps.for(code: .tcpServerSilent, context: context).first?.command?.contains("https://[2001:db8::7]:8443/")
        == true)
  }

  @Test(arguments: [
    "$(reboot)", "a;reboot", "-oProxyCommand=x", "a\u{1b}[31m", "a b", "`id`", "é.example", "{port}", "",
  ])
  func hostileNamesReachNeitherCommandsNorTexts(name: String) {
    var context = Self.context()
    context.serverName = name
    context.address = name
    context.acceptedProtocol = name + "'"
    for remedy in Self.all(context) where !name.isEmpty {
      #expect(remedy.command?.contains(name == "a b" ? "'a b'" : name) != true)
      #expect(!remedy.text.contains(name) || name == "{port}" || name == "a b")
    }
    for code in CauseCode.allCases {
      for step in NextSteps.for(code: code, context: context) where !name.isEmpty && name != "a b" {
        #expect(step.command?.contains(name) != true)
      }
    }
  }

  @Test func whatTLSHidesAsksForLogsAndKeys() {
    let steps = NextSteps.for(code: .certRejected, client: Stack(.jsse), server: Stack(.rustls))
    #expect(steps.contains { $0.command?.contains("-Djavax.net.debug") == true })
    #expect(steps.contains { $0.text.contains("KeyLogFile") })
    #expect(NextSteps.for(code: .tlsUnknown).contains { $0.text.contains("--client-log") })
    for family in StackFamily.allCases {
      #expect(NextSteps.for(code: .certRejected, client: Stack(family), server: Stack(family)).count >= 3)
    }
    let node = NextSteps.for(code: .certRejected, client: Stack(.openSSL, product: .node))
    #expect(node.contains { $0.command?.contains("--tls-keylog") == true })
  }

  @Test func noSideGetsMoreThanAFewRemedies() {
    for code in CauseCode.allCases {
      for stack in Self.stacks {
        #expect(Remedies.for(code: code, client: stack, server: stack).count <= 8)
      }
    }
  }
}
