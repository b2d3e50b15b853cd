import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

@Suite struct StackTests {
  @Test func theRecordedHellosAreThere() { #expect(StackHello.rows.count >= 40) }

  @Test(arguments: StackHello.rows.indices) func everyRecordedHelloIsRecognised(index: Int) throws {
    let row = StackHello.rows[index]
    let guess = try #require(Stack.client(row.hello), "\(row.program)")
    #expect(guess.stack.family.rawValue == row.family, "\(row.program)")
    if let product = guess.stack.product { #expect(product.rawValue == row.product ?? "", "\(row.program)") }
    #expect(!guess.traits.isEmpty)
  }

  @Test func defaultOffersAreRecognisedAsLikely() throws {
    for row in StackHello.rows where !["limited", "tls12", "tstclnt"].contains(where: row.program.contains) {
      #expect(Stack.client(row.hello)?.confidence == .likely, "\(row.program)")
    }
  }

  @Test(arguments: [
    ("OpenJDK 11, urlconnection", "11 to 14"), ("OpenJDK 17, httpclient", "15 or later"),
    ("openssl s_client 3.0, s_client", "3.0 or later"), ("Go 1.19.8", "1.20 or earlier"),
    ("curl_cffi 0.16, chrome150", "133 or later"), ("Mbed TLS 2.28", "2"),
  ]) func versionsAreNarrowedWhereTheHelloTells(program: String, versions: String) throws {
    let row = try #require(StackHello.rows.first { $0.program == program })
    #expect(Stack.client(row.hello)?.stack.versions == versions)
  }

  @Test func aHelloOfNobodyIsNobodys() {
    var hello = ClientHello(
      legacyVersion: ProtocolVersion(rawValue: 0x0303), random: [], legacySessionID: [],
      cipherSuites: [0x002f, 0x1301, 0xc02b].map { CipherSuite(rawValue: $0) }, compressionMethods: [0], extensions: [])
    #expect(Stack.client(hello) == nil)
    hello.cipherSuites = []
    #expect(Stack.client(hello) == nil)
    hello.isSSLv2Format = true
    #expect(Stack.client(hello) == nil)
  }

  @Test func aShuffledOfferIsNotClaimed() {
    for row in StackHello.rows where row.family == "JSSE" || row.family == "OpenSSL" {
      var hello = row.hello
      hello.cipherSuites.reverse()
      hello.signatureSchemes.reverse()
      hello.extensions.reverse()
      #expect(Stack.client(hello)?.confidence != .likely, "\(row.program)")
    }
  }

  @Test func stacksAreNamedAsPeopleKnowThem() {
    #expect(Stack(.jsse, product: .java, versions: "15 or later").name == "Java (JSSE) 15 or later")
    #expect(Stack(.rustls).name == "rustls")
    #expect(Stack(.go, product: .go).name == "Go crypto/tls")
    #expect(Stack(.jsse).shortName == "Java")
    #expect(Stack(.openSSL, product: .curl).shortName == "curl")
  }

  // MARK: Servers

  private static func connection(_ extensions: [UInt16], suite: UInt16, isTLS13: Bool, records: [Int]) -> Connection {
    let endpoint = Endpoint(address: IPAddress(ipv4: 1), port: 443)
    var connection = Connection(
      index: 1, transport: .tcp, client: endpoint, server: endpoint, roleBasis: .syn, firstFrame: 1,
      started: Timestamp(nanoseconds: 0))
    var hello = ServerHello(
      legacyVersion: ProtocolVersion(rawValue: 0x0303), random: [], legacySessionID: [],
      cipherSuite: CipherSuite(rawValue: suite), compressionMethod: 0,
      extensions: extensions.map { HelloExtension(type: ExtensionType(rawValue: $0), body: []) })
    if isTLS13 { hello.selectedVersion = ProtocolVersion(rawValue: 0x0304) }
    connection.transcript.serverHellos = [Observed(hello, frame: 1, time: Timestamp(nanoseconds: 0))]
    connection.transcript.records =
      records.map { record(.server, $0) } + [record(.client, 53), record(.server, 500)]
    return connection
  }

  private static func record(_ sender: Role, _ length: Int) -> ObservedRecord {
    ObservedRecord(
      frame: 1, time: Timestamp(nanoseconds: 0), sender: sender,
      record: RecordNote(
        contentType: ContentType(rawValue: 23), version: ProtocolVersion(rawValue: 0x0303), length: length,
        isEncrypted: true))
  }

  @Test func aServersRecordsTellJavaFromOpenSSLFromRustls() {
    let java = Stack.server(Self.connection([43, 51], suite: 0x1302, isTLS13: true, records: [39, 1207, 112, 85]))
    #expect(java?.stack.family == .jsse && java?.confidence == .likely)
    let openSSL = Stack.server(Self.connection([43, 51], suite: 0x1302, isTLS13: true, records: [23, 1191, 96, 69]))
    #expect(openSSL?.stack.family == .openSSL && openSSL?.confidence == .possible)
    let rustls = Stack.server(Self.connection([51, 43], suite: 0x1301, isTLS13: true, records: [1284]))
    #expect(rustls?.stack.family == .rustls && rustls?.confidence == .possible)
    #expect(Stack.server(Self.connection([51, 43], suite: 0x1301, isTLS13: true, records: [19])) == nil)
  }

  @Test func anOldServerHelloTellsOpenSSLOnly() {
    #expect(
      Stack.server(Self.connection([65281, 0, 11, 23], suite: 0xc02c, isTLS13: false, records: []))?.stack.family
        == .openSSL)
    #expect(Stack.server(Self.connection([23, 65281, 11], suite: 0xc02c, isTLS13: false, records: [])) == nil)
  }

  @Test func aPlaintextAnswerNamesItsProgram() {
    var connection = Self.connection([], suite: 0, isTLS13: false, records: [])
    connection.transcript.serverHellos = []
    #expect(Stack.server(connection) == nil)
    connection.transcript.serverPrefix = Array("HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\n".utf8)
    #expect(Stack.server(connection)?.stack.product == .nginx)
    connection.transcript.serverPrefix = Array(
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n".utf8)
    #expect(Stack.server(connection)?.stack.family == .go)
  }
}
