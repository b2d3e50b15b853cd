import Bytes
import Testing

@testable import TLSProtocol

@Suite struct RecordReaderTests {
  private func looksLikeTLS(_ bytes: [UInt8], from sender: Role) -> Bool? {
    bytes.withCursor { TLSConversation.looksLikeTLS($0.rest, from: sender) }
  }

  private func startsWithHello(_ bytes: [UInt8], from sender: Role) -> Bool? {
    bytes.withCursor { TLSConversation.startsWithHello($0.rest, from: sender) }
  }

  @Test func oddVersionsAreAcceptedInARecordHeader() {
    for version in [0x0300, 0x0304, 0x0305, 0x03ff, 0x0101] as [UInt16] {
      let lines = ConversationLog.lines(of: [Flight(.server, bytes: record(22, version: version, handshake(14, [])))])
      #expect(lines == ["< record handshake 4", "< server_hello_done 4 other"])
    }
    let lines = ConversationLog.lines(of: [Flight(.server, bytes: record(22, version: 0x0203, handshake(14, [])))])
    #expect(lines == ["< not TLS"])
  }

  @Test func aRecordOverTheLimitIsNotTLS() {
    let limit = RecordHeader.fragmentLimit
    #expect(
      ConversationLog.lines(of: [Flight(.server, bytes: record(23, [UInt8](repeating: 0, count: limit)))])
        == ["< record application_data \(limit) encrypted"])
    #expect(
      ConversationLog.lines(of: [Flight(.server, bytes: record(23, [UInt8](repeating: 0, count: limit + 1)))])
        == ["< not TLS"])
  }

  @Test func anSSLv2FormatHelloOpensATLSHandshake() {
    let body: [UInt8] = [1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 0x35] + [UInt8](1...16)
    let hello = [0x80, UInt8(body.count)] + body
    var flights = [Flight(.client, bytes: hello)]
    flights.append(Flight.tls12UntrustedJava[1])
    flights.append(Flight(.client, "15030100020228"))
    let lines = ConversationLog.lines(of: flights)
    #expect(lines.prefix(2) == ["> record handshake 28", "> client_hello 28 clientHello"])
    #expect(lines.suffix(2) == ["> record alert 2", "> alert 2 40"])
    for size in 1...9 { #expect(ConversationLog.lines(of: flights, piecesOf: size) == lines) }
  }

  @Test func anSSLv2HandshakeIsToldByName() {
    let hello: [UInt8] = [1, 0, 2, 0, 3, 0, 0, 0, 16, 7, 0, 0xc0] + [UInt8](1...16)
    let answer: [UInt8] = [4, 0, 1, 0, 2, 0, 2, 0, 3, 0, 4, 0x30, 0, 7, 0, 0xc0, 1, 2, 3, 4]
    let flights = [
      Flight(.client, bytes: [0x80, UInt8(hello.count)] + hello),
      Flight(.server, bytes: [0x80, UInt8(answer.count)] + answer),
      Flight(.client, bytes: [0x80, 3, 2, 7, 0]),
      // Three bytes of header say that there is padding.
      Flight(.server, bytes: [0x00, 4, 2, 9, 9, 9, 9]),
    ]
    let lines = ConversationLog.lines(of: flights)
    #expect(
      lines == [
        "> record handshake 28", "> client_hello 28 clientHello",
        "< record handshake 20", "< server_hello 20 serverHello", "< certificate 2 certificate([2])",
        "> record handshake 3", "> client_key_exchange 3 clientKeyExchange",
        "< record application_data 4 encrypted",
      ])
    for size in 1...9 { #expect(ConversationLog.lines(of: flights, piecesOf: size) == lines) }
  }

  @Test func anSSLv2ErrorIsToldAsTheAlertItBecame() {
    for (code, description) in [(1, 40), (2, 41), (4, 42), (6, 43)] as [(UInt8, UInt8)] {
      let lines = ConversationLog.lines(of: [Flight(.server, bytes: [0x80, 3, 0, 0, code])])
      #expect(lines == ["< record alert 3", "< alert 2 \(description)"])
    }
  }

  @Test func tlsIsRecognisedByContent() {
    let hello = Flight.tls12UntrustedJava[0].bytes
    let answer = Flight.tls12UntrustedJava[1].bytes
    #expect(looksLikeTLS(hello, from: .client) == true)
    #expect(looksLikeTLS(answer, from: .server) == true)
    #expect(looksLikeTLS([0x15, 3, 1, 0, 2, 2, 40], from: .server) == true)
    #expect(looksLikeTLS([0x80, 46, 1, 3, 1, 0, 21], from: .client) == true)
    #expect(looksLikeTLS(record(23, [1, 2, 3]), from: .client) == true)
  }

  @Test func aHelloOfTheOtherSideIsNotThisSides() {
    #expect(looksLikeTLS(Flight.tls12UntrustedJava[1].bytes, from: .client) == false)
    #expect(looksLikeTLS(Flight.tls12UntrustedJava[0].bytes, from: .server) == false)
    #expect(startsWithHello(Flight.tls12UntrustedJava[0].bytes, from: .client) == true)
    #expect(startsWithHello(Flight.tls12UntrustedJava[1].bytes, from: .server) == true)
    #expect(startsWithHello(record(23, [1, 2, 3]), from: .client) == false)
    #expect(startsWithHello(record(22, handshake(16, [1])), from: .client) == false)
  }

  @Test func plaintextIsNotRecognisedAsTLS() {
    for text in ["GET / HTTP/1.1\r\n", "220 mail ESMTP\r\n", "SSH-2.0-OpenSSH\r\n", "PROXY TCP4 ", "\u{16}hello"] {
      #expect(looksLikeTLS(Array(text.utf8), from: .client) == false)
      #expect(looksLikeTLS(Array(text.utf8), from: .server) == false)
    }
    #expect(looksLikeTLS([0x15, 3, 1, 0, 2, 7, 40], from: .server) == false)
    #expect(looksLikeTLS([0x16, 3, 9, 0, 2, 7, 40], from: .server) == false)
    #expect(looksLikeTLS([0x17, 3, 3, 0xff, 0xff], from: .server) == false)
  }

  @Test func tooFewBytesAreLeftOpen() {
    let hello = Flight.tls12UntrustedJava[0].bytes
    #expect(looksLikeTLS([], from: .client) == nil)
    for length in 1..<5 { #expect(looksLikeTLS(Array(hello.prefix(length)), from: .client) == nil) }
    for length in 1..<7 { #expect(startsWithHello(Array(hello.prefix(length)), from: .client) == nil) }
    #expect(looksLikeTLS([0x15, 3, 1, 0, 2], from: .server) == nil)
  }
}
