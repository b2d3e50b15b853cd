import Diagnosis
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

/// Hellos as the commands' tests need them.
enum ConfirmHello {
  static let server = Endpoint(address: IPAddress(ipv4: 0x7f00_0001), port: 9443)

  static func make(
    versions: [UInt16] = [0x0304, 0x0303], suites: [UInt16] = [0x1301, 0xc02f], groups: [UInt16] = [29, 23],
    schemes: [UInt16] = [0x0403, 0x0804, 0x0401], protocols: [String] = [], name: String? = "localhost",
    extendedMasterSecret: Bool = true
  ) -> ClientHello {
    var hello = ClientHello(
      legacyVersion: ProtocolVersion(rawValue: 0x0303), random: Array(repeating: 0, count: 32), legacySessionID: [],
      cipherSuites: suites.map { CipherSuite(rawValue: $0) }, compressionMethods: [0],
      extensions: extendedMasterSecret ? [HelloExtension(type: ExtensionType(rawValue: 23), body: [])] : [])
    hello.serverName = name
    hello.supportedVersions = versions.map { ProtocolVersion(rawValue: $0) }
    hello.supportedGroups = groups.map { NamedGroup(rawValue: $0) }
    hello.signatureSchemes = schemes.map { SignatureScheme(rawValue: $0) }
    hello.applicationProtocols = protocols
    return hello
  }

  static func plan(
    _ code: CauseCode, _ hello: ClientHello?, _ accepted: ServerAcceptance? = nil, spoken: PlaintextKind? = nil
  ) -> ConfirmationPlan? {
    ConfirmCommands.plan(for: code, hello: hello, server: server, accepted: accepted, spoken: spoken)
  }
}

@Suite struct ConfirmCommandsTests {
  @Test func theOfferIsSpelledInOpenSSLsNames() throws {
    let hello = ConfirmHello.make(protocols: ["h2", "http/1.1"])
    let plan = try #require(ConfirmHello.plan(.tlsUnknown, hello))
    #expect(
      plan.reproduce.command
        == "openssl s_client -connect 127.0.0.1:9443 -servername localhost -min_protocol TLSv1.2 -max_protocol TLSv1.3 "
        + "-ciphersuites TLS_AES_128_GCM_SHA256 -cipher ECDHE-RSA-AES128-GCM-SHA256 -groups X25519:P-256 "
        + "-sigalgs ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256 -alpn h2,http/1.1 </dev/null")
    #expect(plan.change == nil)
    #expect(plan.notes.isEmpty)
  }

  @Test func onlyOneThingChanges() throws {
    var accepted = ServerAcceptance()
    accepted.version = ProtocolVersion(rawValue: 0x0304)
    accepted.cipherSuite = CipherSuite(rawValue: 0xc030)
    accepted.group = NamedGroup(rawValue: 24)
    accepted.signatureScheme = SignatureScheme(rawValue: 0x0807)
    accepted.serverName = "other.example"
    accepted.applicationProtocol = "h2"
    let hello = ConfirmHello.make(versions: [0x0303], suites: [0xc02f], protocols: ["http/1.1"])
    func change(_ code: CauseCode) throws -> String {
      try #require(ConfirmHello.plan(code, hello, accepted)?.change?.command)
    }
    #expect(try change(.tlsVersion).contains("-min_protocol TLSv1.2 -max_protocol TLSv1.3 "))
    #expect(
      try change(.tlsCipherSuite).contains("-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384 "))
    #expect(try change(.tlsGroup).contains("-groups X25519:P-256:P-384 "))
    #expect(try change(.tlsSignatureScheme).contains("-sigalgs ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256:ed25519 "))
    #expect(try change(.tlsSNIUnrecognized).contains("-servername other.example "))
    #expect(try change(.tlsALPN).contains("-alpn http/1.1,h2 "))
    #expect(try change(.tlsVersion).contains("-servername localhost "))
  }

  @Test func aChangeThatIsNotKnownToMatterIsNotClaimed() {
    let hello = ConfirmHello.make()
    for code in [CauseCode.tlsVersion, .tlsCipherSuite, .tlsGroup, .tlsSNIMissing, .tlsALPN, .tlsDecrypt] {
      #expect(ConfirmHello.plan(code, hello)?.change == nil)
    }
    #expect(ConfirmHello.plan(.tlsVersion, nil) == nil)
    #expect(ConfirmHello.plan(.none, hello) == nil)
    #expect(ConfirmHello.plan(.dnsNoAnswer, hello) == nil)
  }

  @Test func withoutAWorkingALPNTheChangeLeavesItOut() throws {
    let hello = ConfirmHello.make(protocols: ["h2"])
    let change = try #require(ConfirmHello.plan(.tlsALPN, hello, ServerAcceptance())?.change)
    #expect(change.command?.contains("-alpn") == false)
  }

  @Test func aMissingNameIsAddedAndAWrongOneRemoved() throws {
    var named = ServerAcceptance()
    named.serverName = "site.example"
    let added = try #require(ConfirmHello.plan(.tlsSNIMissing, ConfirmHello.make(name: nil), named))
    #expect(added.reproduce.command?.contains("-noservername") == true)
    #expect(added.change?.command?.contains("-servername site.example") == true)
    let removed = try #require(ConfirmHello.plan(.tlsSNIUnrecognized, ConfirmHello.make(), ServerAcceptance()))
    #expect(removed.change?.command?.contains("-noservername") == true)
  }

  @Test func oldVersionsLowerTheSecurityLevelAndUnknownOnesAreNoted() throws {
    let old = try #require(ConfirmHello.plan(.tlsUnknown, ConfirmHello.make(versions: [0x0301], suites: [0x002f])))
    #expect(old.reproduce.command?.contains("-tls1 -cipher AES128-SHA:@SECLEVEL=0 ") == true)
    let ssl = try #require(
      ConfirmHello.plan(.tlsUnknown, ConfirmHello.make(versions: [0x0300], suites: [0x0005, 0x0a0a])))
    #expect(ssl.notes.contains { $0.contains("none of the hello's versions") })
    #expect(ssl.notes.contains { $0.contains("1 of the hello's cipher suites") })
  }

  @Test func postQuantumGroupsAreNamedWithWhatTheyNeed() throws {
    let plan = try #require(
      ConfirmHello.plan(.tlsIntolerance, ConfirmHello.make(groups: [0x0a0a, 0x11ec, 29, 0x6399])))
    #expect(plan.reproduce.command?.contains("-groups X25519MLKEM768:X25519 ") == true)
    #expect(plan.change?.command?.contains("-groups X25519:P-256 ") == true)
    #expect(plan.notes.contains { $0.contains("OpenSSL 3.5") })
    #expect(plan.notes.contains { $0.contains("1 of the hello's groups") })
    #expect(plan.steps.first?.text.contains("OpenSSL 3.5") == true)
    #expect(plan.steps.count == 2)
  }

  @Test func fallbackAndExtendedMasterSecretAreSwitched() throws {
    let fallback = try #require(ConfirmHello.plan(.tlsFallback, ConfirmHello.make(suites: [0xc02f, 0x5600])))
    #expect(fallback.reproduce.command?.contains("-fallback_scsv") == true)
    #expect(fallback.change?.command?.contains("-fallback_scsv") == false)
    let bare = ConfirmHello.make(versions: [0x0303], extendedMasterSecret: false)
    let plan = try #require(ConfirmHello.plan(.tlsExtension, bare))
    #expect(plan.reproduce.command?.hasPrefix("printf 'openssl_conf=") == true)
    #expect(plan.reproduce.command?.contains("' | OPENSSL_CONF=/dev/stdin openssl s_client") == true)
    #expect(plan.reproduce.command?.contains("</dev/null") == false)
    #expect(plan.change?.command?.hasPrefix("openssl s_client") == true)
  }

  @Test func everyCauseOfEveryLayerHasAPlanOrNone() {
    var accepted = ServerAcceptance()
    accepted.endpoint = Endpoint(address: IPAddress(ipv6High: 0, low: 1), port: 9443)
    for code in CauseCode.allCases {
      let plan = ConfirmHello.plan(code, ConfirmHello.make(), accepted)
      let isExpected = ![.dnsNoAnswer, .none, .captureIncomplete].contains(code)
      #expect((plan != nil) == isExpected, "\(code)")
      for step in plan?.steps ?? [] { #expect(step.command?.isEmpty == false) }
    }
  }

  @Test func theOtherAddressFamilyIsTheChange() throws {
    var accepted = ServerAcceptance()
    accepted.endpoint = ConfirmHello.server
    accepted.serverName = "localhost"
    let failing = Endpoint(address: IPAddress(ipv6High: 0, low: 1), port: 9443)
    let plan = try #require(
      ConfirmCommands.plan(for: .tcpAddressFamily, hello: nil, server: failing, accepted: accepted))
    #expect(plan.reproduce.text.contains("IPv6"))
    #expect(plan.reproduce.command?.contains("'::[::1]:9443' https://localhost:9443/") == true)
    #expect(plan.change?.command?.contains("::127.0.0.1:9443 https://localhost:9443/") == true)
  }

  @Test func theProtocolThatTheServerSpokeIsUpgraded() throws {
    let smtp = try #require(ConfirmHello.plan(.appStartTLS, ConfirmHello.make(), spoken: .smtp))
    #expect(smtp.change?.command == "openssl s_client -connect 127.0.0.1:9443 -starttls smtp </dev/null")
    let imap = try #require(ConfirmHello.plan(.appPlaintextServer, ConfirmHello.make(), spoken: .imap))
    #expect(imap.change?.command?.contains("-starttls imap") == true)
    let ssh = try #require(ConfirmHello.plan(.appPlaintextServer, ConfirmHello.make(), spoken: .ssh))
    #expect(ssh.change == nil)
    let http = try #require(ConfirmHello.plan(.appPlaintextServer, ConfirmHello.make(), spoken: .httpResponse))
    #expect(http.change?.command?.contains("http://localhost:9443/") == true)
    for kind in [PlaintextKind.ftp, .pop3, .ldap, .xmpp, .irc, .nntp, .sieve, .mysql, .postgresql] {
      #expect(ConfirmHello.plan(.appStartTLS, nil, spoken: kind)?.change?.command?.contains("-starttls ") == true)
    }
  }

  @Test func anExpiredCertificateIsVerifiedInsideItsValidity() throws {
    var facts = CertificateFacts()
    facts.notBefore = 1_000_000
    facts.notAfter = 3_000_000
    let plan = try #require(
      ConfirmCommands.plan(for: .certExpired, hello: nil, server: ConfirmHello.server, certificate: facts))
    #expect(plan.change?.command?.contains("-attime 2000000 ") == true)
    #expect(ConfirmHello.plan(.certExpired, nil)?.change == nil)
  }

  @Test func aNameOfTheCertificateIsOfferedInstead() throws {
    var facts = CertificateFacts()
    facts.dnsNames = ["*.wild.example", "$(id).example", "right.example"]
    let plan = try #require(
      ConfirmCommands.plan(
        for: .certNameMismatch, hello: ConfirmHello.make(), server: ConfirmHello.server, certificate: facts))
    #expect(plan.reproduce.command?.contains("-verify_hostname localhost ") == true)
    #expect(plan.change?.command?.contains("-verify_hostname right.example ") == true)
  }

  @Test(arguments: [
    "$(touch /tmp/x)", "';reboot;'", "-help", "a\nb", "\u{1b}[2J", "a\0b", "\u{fffd}",
    String(repeating: "x", count: 300),
  ])
  func hostileNamesAreQuotedOrGiveWayToAPlaceholder(name: String) throws {
    let hello = ConfirmHello.make(protocols: [name, name + ",", "h2"], name: name)
    var accepted = ServerAcceptance()
    accepted.serverName = name
    accepted.applicationProtocol = name
    for code in CauseCode.allCases {
      for step in ConfirmHello.plan(code, hello, accepted)?.steps ?? [] {
        let command = try #require(step.command)
        #expect(command.utf8.allSatisfy { (0x20...0x7e).contains($0) })
        #expect(command.count < 2000)
        let isCarried = command.contains("-servername '\(name)' ")
        let isExplained = step.text.contains("_NAME stands for the server name, which ")
        let hasPlace = command.contains("-servername SERVER_NAME ") || command.contains("-servername WORKING_NAME ")
        if command.contains("-servername") { #expect(isCarried != hasPlace) }
        #expect(isExplained == (command.contains("SERVER_NAME") || command.contains("WORKING_NAME")))
      }
    }
  }

  @Test func whatAServerAcceptsIsReadOffAWorkingConnection() {
    let client = Endpoint(address: IPAddress(ipv4: 0x7f00_0001), port: 40000)
    var connection = Connection(
      index: 1, transport: .tcp, client: client, server: ConfirmHello.server, roleBasis: .syn, firstFrame: 1,
      started: .init(nanoseconds: 0))
    var hello = ServerHello(
      legacyVersion: ProtocolVersion(rawValue: 0x0303), random: [], legacySessionID: [],
      cipherSuite: CipherSuite(rawValue: 0x1301), compressionMethod: 0, extensions: [])
    hello.selectedVersion = ProtocolVersion(rawValue: 0x0304)
    hello.selectedGroup = NamedGroup(rawValue: 29)
    hello.applicationProtocol = "h2"
    connection.transcript.serverHellos = [Observed(hello, frame: 6, time: .init(nanoseconds: 0))]
    connection.transcript.clientHellos = [
      Observed(ConfirmHello.make(protocols: ["h2"]), frame: 4, time: .init(nanoseconds: 0))
    ]
    let accepted = ServerAcceptance(working: connection)
    #expect(accepted.endpoint == ConfirmHello.server)
    #expect(accepted.version?.rawValue == 0x0304)
    #expect(accepted.cipherSuite?.rawValue == 0x1301)
    #expect(accepted.group?.rawValue == 29)
    #expect(accepted.applicationProtocol == "h2")
    #expect(accepted.serverName == "localhost")
    #expect(accepted.signatureScheme == nil)
  }
}
