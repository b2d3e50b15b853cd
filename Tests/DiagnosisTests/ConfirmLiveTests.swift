import Diagnosis
import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

/// The commands run against real servers: the first must fail as the client did, the second must pass.
@Suite(.serialized, .enabled(if: Shell.isAvailable("openssl") && Shell.isAvailable("seq")))
struct ConfirmLiveTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var code: CauseCode
    var key = "rsa:2048"
    /// Options of `openssl s_server`.
    var server: String
    var hello: ClientHello
    var accepted: @Sendable (inout ServerAcceptance) -> Void = { _ in }
    /// What the failing command prints.
    var failure: String
    var testDescription: String { code.rawValue }
  }

  static let cases: [Case] = [
    Case(
      code: .tlsVersion, server: "-tls1_3", hello: ConfirmHello.make(versions: [0x0303]),
      accepted: { $0.version = ProtocolVersion(rawValue: 0x0304) }, failure: "alert protocol version"),
    Case(
      code: .tlsCipherSuite, server: "-tls1_2 -cipher ECDHE-RSA-AES256-GCM-SHA384",
      hello: ConfirmHello.make(versions: [0x0303], suites: [0xc02f]),
      accepted: { $0.cipherSuite = CipherSuite(rawValue: 0xc030) }, failure: "alert handshake failure"),
    Case(
      code: .tlsCipherSuite, server: "-ciphersuites TLS_AES_256_GCM_SHA384",
      hello: ConfirmHello.make(versions: [0x0304], suites: [0x1301]),
      accepted: { $0.cipherSuite = CipherSuite(rawValue: 0x1302) }, failure: "alert handshake failure"),
    Case(
      code: .tlsGroup, server: "-groups P-384", hello: ConfirmHello.make(groups: [29]),
      accepted: { $0.group = NamedGroup(rawValue: 24) }, failure: "alert handshake failure"),
    Case(
      code: .tlsSignatureScheme, key: "ED25519", server: "", hello: ConfirmHello.make(),
      accepted: { $0.signatureScheme = SignatureScheme(rawValue: 0x0807) }, failure: "alert handshake failure"),
    Case(
      code: .tlsSNIUnrecognized, server: "-servername right.example -servername_fatal -cert2 c.pem -key2 k.pem",
      hello: ConfirmHello.make(name: "a'b $(id)\u{7}"), accepted: { $0.serverName = "right.example" },
      failure: "unrecognized name"),
    Case(
      code: .tlsALPN, server: "-alpn h2", hello: ConfirmHello.make(protocols: ["http/1.1"]),
      accepted: { $0.applicationProtocol = "h2" }, failure: "no application protocol"),
    Case(
      code: .tlsFallback, server: "", hello: ConfirmHello.make(versions: [0x0303], suites: [0xc02f, 0x5600]),
      failure: "inappropriate fallback"),
    Case(code: .certUntrusted, server: "", hello: ConfirmHello.make(), failure: "self-signed certificate"),
    Case(
      code: .certClientRequired, server: "-Verify 1 -verify_return_error -CAfile c.pem -tls1_2",
      hello: ConfirmHello.make(versions: [0x0303]), failure: "handshake failure"),
  ]

  @Test(arguments: cases.indices) func theFailureIsReproducedAndTheChangePasses(index: Int) throws {
    let test = Self.cases[index]
    // Another run of the tests may hold a port: try others.
    for _ in 0..<8 {
      let port = UInt16.random(in: 20_000...32_000)
      guard let (first, second) = try Self.run(test, port: port) else { continue }
      #expect(first.contains(test.failure), "\(first)")
      #expect(second.contains("exit 0"), "\(second)")
      #expect(!second.contains("alert"), "\(second)")
      return
    }
    Issue.record("no free port was found")
  }

  /// The output of both commands against a server on this port; nil where the server could not have it.
  private static func run(_ test: Case, port: UInt16) throws -> (Substring, Substring)? {
    var accepted = ServerAcceptance()
    test.accepted(&accepted)
    let server = Endpoint(address: IPAddress(ipv4: 0x7f00_0001), port: port)
    let plan = try #require(
      ConfirmCommands.plan(for: test.code, hello: test.hello, server: server, accepted: accepted))
    let reproduce = try #require(plan.reproduce.command)
    let change = try #require(plan.change?.command)
    let output = try #require(
      Shell.run(
        """
        folder=$(mktemp -d) && cd "$folder" || exit
        openssl req -x509 -newkey \(test.key) -nodes -keyout k.pem -out c.pem -days 3 -subj /CN=localhost 2>/dev/null
        cp c.pem ca.pem; cp c.pem client.pem; cp k.pem client.key
        openssl s_server -accept 127.0.0.1:\(port) -cert c.pem -key k.pem \(test.server) >log 2>&1 </dev/zero &
        server=$!
        trap 'kill -9 $server 2>/dev/null; cd /; rm -r "$folder"' EXIT
        for try in $(seq 100); do grep -q ACCEPT log && break; kill -0 $server 2>/dev/null || exit; sleep 0.1; done
        echo "FIRST"; timeout 20 \(reproduce); echo "exit $?"
        echo "SECOND"; timeout 20 \(change); echo "exit $?"
        """))
    guard let first = output.firstRange(of: "FIRST"), let second = output.firstRange(of: "SECOND") else { return nil }
    return (output[first.upperBound..<second.lowerBound], output[second.upperBound...])
  }
}
