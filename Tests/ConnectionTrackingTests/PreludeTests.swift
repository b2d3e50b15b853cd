import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// Plaintext before TLS, in place of it, and TLS that begins in the middle of a segment.
@Suite struct PreludeTests {
  private static let v2Header: [UInt8] =
    [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11, 0, 12]
    + [192, 0, 2, 1, 198, 51, 100, 2, 0x9c, 0x40, 0x01, 0xbb]

  struct Upgrade: Sendable, CustomTestStringConvertible {
    var kind: PlaintextKind
    /// The server speaks first, unless its first word is empty; then both take turns.
    var lines: [String]
    var testDescription: String { kind.rawValue }
  }

  static let upgrades = [
    Upgrade(
      kind: .smtp,
      lines: [
        "220 mail.test ESMTP\r\n", "EHLO me\r\n", "250-mail.test\r\n250 STARTTLS\r\n", "STARTTLS\r\n",
        "220 Go ahead\r\n",
      ]),
    Upgrade(
      kind: .smtp,
      lines: [
        "220 mail.test LMTP\r\n", "LHLO me\r\n", "250-mail.test\r\n250 STARTTLS\r\n", "STARTTLS\r\n", "220 2.0.0\r\n",
      ]),
    Upgrade(
      kind: .sieve,
      lines: ["\"IMPLEMENTATION\" \"Pigeonhole\"\r\n\"STARTTLS\"\r\nOK\r\n", "STARTTLS\r\n", "OK \"Begin TLS\"\r\n"]),
    Upgrade(kind: .ftp, lines: ["220 (vsFTPd 3.0.5)\r\n", "AUTH TLS\r\n", "234 Proceed with negotiation.\r\n"]),
    Upgrade(
      kind: .imap, lines: ["* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", "a1 STARTTLS\r\n", "a1 OK Begin TLS\r\n"]),
    Upgrade(kind: .pop3, lines: ["+OK ready\r\n", "STLS\r\n", "+OK Begin TLS\r\n"]),
    Upgrade(kind: .xmpp, lines: ["", "<?xml version='1.0'?><stream:stream to='svc.test'>", "<stream:stream id='1'>"]),
    Upgrade(
      kind: .nntp,
      lines: ["200 news.test ready\r\n", "CAPABILITIES\r\n", "101 list\r\n", "STARTTLS\r\n", "382 Continue\r\n"]),
    Upgrade(kind: .httpConnect, lines: ["", "CONNECT svc.test:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"]),
  ]

  @Test(arguments: upgrades) func tlsIsFoundBehindAnUpgrade(_ upgrade: Upgrade) {
    var dialogue = Dialogue.opened
    var role = Role.server
    var sent = 0
    for line in upgrade.lines {
      if !line.isEmpty { dialogue.send(role, Array(line.utf8)) }
      if role == .client { sent += line.utf8.count }
      role = role.peer
    }
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.serverFlight13())
    let transcript = dialogue.connection.transcript
    #expect(transcript.isTLS)
    #expect(transcript.clientTLSOffset == sent)
    #expect(transcript.clientHellos.count == 1 && transcript.serverHellos.count == 1)
    #expect(transcript.plaintext.contains { $0.kind == upgrade.kind })
    #expect(transcript.plaintext.count == upgrade.lines.count { !$0.isEmpty })
  }

  /// Protocols whose words are no text: who says what, in turn.
  static let binaryUpgrades: [(PlaintextKind, [(Role, [UInt8])])] = [
    (.postgresql, [(.client, [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]), (.server, [0x53])]),
    (
      .mysql,
      [
        (.server, [30, 0, 0, 0, 0x0a] + Array("8.0.36".utf8) + [UInt8](repeating: 1, count: 23)),
        (.client, [32, 0, 0, 1, 0x85, 0xae, 0x7f, 0] + [UInt8](repeating: 0, count: 28)),
      ]
    ),
    (
      .ldap,
      [
        (.client, [0x30, 0x1d, 0x02, 1, 1, 0x77, 0x18, 0x80, 0x16] + Array("1.3.6.1.4.1.1466.20037".utf8)),
        (.server, [0x30, 0x0c, 0x02, 1, 1, 0x78, 7, 0x0a, 1, 0, 4, 0, 4, 0]),
      ]
    ),
    (.irc, [(.client, Array("CAP LS 302\r\nSTARTTLS\r\n".utf8)), (.server, Array(":irc.test 670 me :go\r\n".utf8))]),
    (.socks, [(.client, [4, 1, 1, 0xbb, 192, 0, 2, 1, 0]), (.server, [0, 90, 0, 0, 0, 0, 0, 0])]),
    // SOCKS 4a: an address that cannot be, and the name behind the user's.
    (
      .socks,
      [
        (.client, [4, 1, 1, 0xbb, 0, 0, 0, 1, 0] + Array("svc.test".utf8) + [0]), (.server, [0, 90, 0, 0, 0, 0, 0, 0]),
      ]
    ),
    // SOCKS 5 with user name and password (RFC 1929).
    (
      .socks,
      [
        (.client, [5, 2, 0, 2]), (.server, [5, 2]), (.client, [1, 2, 0x6d, 0x65, 2, 0x70, 0x77]), (.server, [1, 0]),
        (.client, [5, 1, 0, 3, 8] + Array("svc.test".utf8) + [1, 0xbb]), (.server, [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
      ]
    ),
    (
      .socks,
      [
        (.client, [5, 1, 0]), (.server, [5, 0]), (.client, [5, 1, 0, 1, 192, 0, 2, 1, 1, 0xbb]),
        (.server, [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
      ]
    ),
  ]

  @Test(arguments: binaryUpgrades)
  func tlsIsFoundBehindABinaryPrelude(_ kind: PlaintextKind, _ words: [(Role, [UInt8])]) {
    var dialogue = Dialogue.opened
    for (role, bytes) in words { dialogue.send(role, bytes) }
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, TLSBytes.serverFlight13())
    let transcript = dialogue.connection.transcript
    #expect(transcript.isTLS)
    #expect(transcript.clientTLSOffset == words.filter { $0.0 == .client }.reduce(0) { $0 + $1.1.count })
    #expect(transcript.clientHellos.count == 1 && transcript.serverHellos.count == 1)
    #expect(transcript.plaintext.contains { $0.kind == kind })
  }

  @Test(arguments: ["PROXY TCP4 192.0.2.1 198.51.100.2 40000 443\r\n", "PROXY UNKNOWN\r\n"])
  func aVersion1HeaderAndTheHelloMayShareASegment(header: String) {
    var dialogue = Dialogue.opened
    dialogue.send(.client, Array(header.utf8) + TLSBytes.clientHello())
    let transcript = dialogue.connection.transcript
    #expect(transcript.clientHellos.map(\.frame) == [4])
    #expect(transcript.clientTLSOffset == header.utf8.count)
    #expect(transcript.plaintext.map(\.kind) == [.proxyProtocol])
    #expect(transcript.plaintext.first?.excerpt == String(header.dropLast(1)))
  }

  @Test func aVersion2HeaderAndTheHelloMayShareASegment() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, Self.v2Header + TLSBytes.clientHello())
    let transcript = dialogue.connection.transcript
    #expect(transcript.clientHellos.count == 1)
    #expect(transcript.clientTLSOffset == Self.v2Header.count)
    #expect(transcript.plaintext.map(\.kind) == [.proxyProtocol])
  }

  @Test func aHeaderInASegmentOfItsOwnIsAPreludeToo() {
    for header in [Array("PROXY UNKNOWN\r\n".utf8), Self.v2Header] {
      var dialogue = Dialogue.opened
      dialogue.send(.client, header)
      dialogue.send(.client, TLSBytes.clientHello())
      #expect(dialogue.connection.transcript.clientTLSOffset == header.count)
      #expect(dialogue.connection.transcript.clientHellos.map(\.frame) == [6])
    }
  }

  @Test func aCommandAndTheHelloMayShareASegment() {
    var dialogue = Dialogue.opened
    dialogue.send(.server, Array("220 mail.test ESMTP\r\n".utf8))
    dialogue.send(.client, Array("STARTTLS\r\n".utf8) + TLSBytes.clientHello())
    #expect(dialogue.connection.transcript.clientTLSOffset == 10)
    #expect(dialogue.connection.transcript.clientHellos.count == 1)
  }

  @Test func aHelloWhoseFirstByteComesAloneIsTLS() {
    var dialogue = Dialogue.opened
    let hello = TLSBytes.clientHello()
    dialogue.send(.client, Array(hello[..<1]))
    dialogue.send(.client, Array(hello[1..<4]))
    dialogue.send(.client, Array(hello[4...]))
    let transcript = dialogue.connection.transcript
    #expect(transcript.clientTLSOffset == 0)
    #expect(transcript.plaintext.isEmpty)
    #expect(transcript.clientHellos.map(\.frame) == [8])
  }

  @Test func plaintextInAnswerToAHelloIsQuoted() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.send(.server, Array("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n".utf8))
    dialogue.close(.server)
    let connection = dialogue.connection
    #expect(connection.transcript.plaintext.map(\.kind) == [.httpResponse])
    #expect(connection.transcript.plaintext.first?.excerpt == "HTTP/1.1 400 Bad Request")
    #expect(connection.transcript.serverTLSOffset == nil)
    #expect(connection.outcome == .failed)
    #expect(connection.progress == 4)
  }

  @Test func whatAServerSaysInTheClearIsEscaped() {
    var dialogue = Dialogue.opened
    dialogue.send(
      .server, [0x1b] + Array("[31mred".utf8) + [0, 0xff, 0xe2, 0x80, 0xae] + [UInt8](repeating: 7, count: 400))
    let excerpt = dialogue.connection.transcript.plaintext.first?.excerpt ?? ""
    #expect(excerpt.hasPrefix("\\x1b[31mred\\x00\\xff\\xe2\\x80\\xae\\x07"))
    #expect(excerpt.utf8.count <= 124)
    #expect(excerpt.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 >= 0x80 })
  }

  @Test func plaintextThatIsAnsweredAndClosedIsNoTLS() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, Array("GET / HTTP/1.1\r\n\r\n".utf8))
    dialogue.send(.server, TLSBytes.alert(70))
    dialogue.close(.server)
    let connection = dialogue.connection
    #expect(connection.transcript.plaintext.map(\.kind) == [.httpRequest])
    #expect(connection.transcript.alerts.first?.alert?.description == .protocolVersion)
    #expect(connection.transcript.clientTLSOffset == nil)
    #expect(connection.outcome == .failed)
  }

  @Test func bytesThatWaitForMoreAreToldWhenTheConnectionEnds() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, [22, 3])
    dialogue.close()
    #expect(dialogue.connection.transcript.plaintext.map(\.sender) == [.client])
    #expect(dialogue.connection.outcome == .failed)
  }

  @Test func theFirstBytesAreKeptToALimit() {
    var dialogue = Dialogue.opened
    for _ in 0..<4 { dialogue.send(.server, [UInt8](repeating: 0x41, count: 700)) }
    #expect(dialogue.connection.transcript.serverPrefix.count == Transcript.prefixLimit)
  }

  // MARK: Names of protocols

  @Test(arguments: [
    ("GET / HTTP/1.1\r\n", PlaintextKind.httpRequest), ("PRI * HTTP/2.0\r\n", .http2),
    ("CONNECT a:1 HTTP/1.1\r\n", .httpConnect),
    ("SSH-2.0-x\r\n", .ssh), ("EHLO a\r\n", .smtp), ("LHLO a\r\n", .smtp), ("AUTH TLS\r\n", .ftp), ("USER a\r\n", .ftp),
    ("CAPA\r\n", .pop3), ("STLS\r\n", .pop3), ("CAPABILITIES\r\n", .nntp), ("MODE READER\r\n", .nntp),
    ("NICK a\r\n", .irc),
    ("<?xml version='1.0'?>", .xmpp), ("a LOGIN x y\r\n", .imap), ("a1 CAPABILITY\r\n", .imap), ("PING\r\n", .redis),
    ("*1\r\n$4\r\nPING\r\n", .redis), ("PROXY TCP4 1.2.3.4", .proxyProtocol), ("hello\r\n", .unknown),
    ("\u{0}\u{0}\u{0}\u{8}\u{4}", .unknown), ("\u{5}\u{1}\u{0}", .socks), ("\u{5}\u{2}\u{0}", .unknown),
  ]) func clientsAreRecognisedByTheirFirstWords(text: String, kind: PlaintextKind) {
    #expect(PlaintextRecognizer.kind(of: Array(text.utf8), from: .client) == kind)
  }

  @Test(arguments: [
    ("HTTP/1.0 200 OK\r\n", PlaintextKind.httpResponse), ("<html>", .httpResponse), ("SSH-2.0-OpenSSH\r\n", .ssh),
    ("220 mail ESMTP\r\n", .smtp), ("220 ProFTPD FTP Server\r\n", .ftp), ("554 no\r\n", .smtp), ("200 news\r\n", .nntp),
    ("* OK ready\r\n", .imap), ("* BYE\r\n", .imap), ("+OK\r\n", .pop3), ("-ERR unknown command\r\n", .redis),
    ("-ERR no\r\n", .pop3),
    ("+PONG\r\n", .redis), ("\"IMPLEMENTATION\" \"x\"\r\n", .sieve), ("<stream:stream>", .xmpp),
    (":irc.test NOTICE * :x\r\n", .irc),
    ("ERROR :Closing\r\n", .irc), ("\u{5}\u{0}", .socks), ("what\r\n", .unknown), ("22", .unknown), ("", .unknown),
  ]) func serversAreRecognisedByTheirFirstWords(text: String, kind: PlaintextKind) {
    #expect(PlaintextRecognizer.kind(of: Array(text.utf8), from: .server) == kind)
  }

  @Test func binaryProtocolsAreRecognised() {
    #expect(PlaintextRecognizer.kind(of: [0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f], from: .client) == .postgresql)
    #expect(PlaintextRecognizer.kind(of: [0, 0, 0, 9, 0, 3, 0, 0, 0], from: .client) == .postgresql)
    #expect(PlaintextRecognizer.kind(of: [0x45, 0, 0, 0, 9, 0x53, 0x46], from: .server) == .postgresql)
    #expect(PlaintextRecognizer.kind(of: [0x30, 12, 2, 1, 1, 0x60, 7], from: .client) == .ldap)
    #expect(PlaintextRecognizer.kind(of: [0x30, 0x84, 0, 0, 0, 12, 2, 1, 1, 0x78], from: .server) == .ldap)
    #expect(PlaintextRecognizer.kind(of: [5, 0, 0, 0, 10, 56, 46, 48, 0], from: .server) == .mysql)
    #expect(PlaintextRecognizer.kind(of: [3, 0, 0, 1, 0xff, 1, 2], from: .server) == .mysql)
    #expect(PlaintextRecognizer.kind(of: [4, 1, 1, 0xbb, 1, 2, 3, 4, 0], from: .client) == .socks)
    #expect(PlaintextRecognizer.kind(of: [0x30, 0x84], from: .server) == .unknown)
    #expect(PlaintextRecognizer.kind(of: [0x30, 0xff, 0, 0, 0, 0, 0, 0], from: .client) == .unknown)
  }

  @Test func theLengthOfAHeaderIsKnownOnlyWhenItIsWhole() {
    #expect(PlaintextRecognizer.proxyHeaderLength(Self.v2Header) == 28)
    #expect(PlaintextRecognizer.proxyHeaderLength(Array(Self.v2Header.dropLast())) == nil)
    #expect(PlaintextRecognizer.proxyHeaderLength(Array(Self.v2Header.prefix(14))) == nil)
    #expect(PlaintextRecognizer.proxyHeaderLength(Array("PROXY UNKNOWN\r\n".utf8)) == 15)
    #expect(PlaintextRecognizer.proxyHeaderLength(Array("PROXY UNKNOWN".utf8)) == nil)
    #expect(
      PlaintextRecognizer.proxyHeaderLength(Array(("PROXY " + String(repeating: "x", count: 200) + "\n").utf8)) == nil)
    #expect(PlaintextRecognizer.proxyHeaderLength([]) == nil)
  }

  /// libpq's sslmode `prefer`: told that there is no TLS, the client logs in without.
  @Test func aSessionThatGoesOnUnencryptedHasNotFailed() {
    for goesOn in [true, false] {
      var dialogue = Dialogue.opened
      dialogue.send(.client, [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])
      dialogue.send(.server, [0x4e])
      if goesOn {
        dialogue.send(.client, [0, 0, 0, 9, 0, 3, 0, 0, 0])
        dialogue.send(.server, [0x52, 0, 0, 0, 8, 0, 0, 0, 0])
      }
      dialogue.close()
      let connection = dialogue.script.connections().first
      #expect(connection?.outcome == (goesOn ? .incomplete : .failed))
      #expect(connection?.incompleteReason == (goesOn ? .unencrypted : nil))
    }
  }
}
