import Bytes
import Testing

@testable import TLSProtocol

@Suite struct ConversationTests {
  @Test func aRefusedTLS12HandshakeIsToldInOrder() {
    #expect(
      ConversationLog.lines(of: Flight.tls12UntrustedJava) == [
        "> record handshake 435", "> client_hello 435 clientHello",
        "< record handshake 65", "< server_hello 65 serverHello",
        "< record handshake 2001", "< certificate 2001 certificate([524, 829, 632])",
        "< record handshake 114", "< server_key_exchange 114 serverKeyExchange",
        "< record handshake 4", "< server_hello_done 4 other",
        "> record alert 2", "> alert 2 46",
      ])
  }

  @Test func afterChangeCipherSpecTLS12IsCiphertext() {
    let lines = ConversationLog.lines(of: Flight.tls12Complete)
    #expect(
      lines.suffix(7) == [
        "> record change_cipher_spec 1", "> record handshake 40 encrypted",
        "< record handshake 186", "< new_session_ticket 186 newSessionTicket",
        "< record change_cipher_spec 1", "< record handshake 40 encrypted",
        "> record application_data 42 encrypted",
      ])
  }

  @Test func anEncryptedAlertOfTLS12IsNotedAsAnEncryptedRecord() {
    var flights = Flight.tls12Complete
    flights.append(Flight(.client, "150303001a7870a5bb754bee0011223344556677889900112233445566778899"))
    #expect(ConversationLog.lines(of: flights).last == "> record alert 26 encrypted")
  }

  @Test func aChangeCipherSpecOfTLS13HidesNothing() {
    let lines = ConversationLog.lines(of: Flight.helloRetryRequest)
    #expect(
      lines.prefix(8) == [
        "> record handshake 435", "> client_hello 435 clientHello",
        "< record handshake 88", "< server_hello 88 serverHello",
        "< record change_cipher_spec 1",
        "> record handshake 431", "> client_hello 431 clientHello",
        "< record handshake 187",
      ])
  }

  @Test func aSecondHelloBehindADummyChangeCipherSpecIsRead() {
    var flights = Flight.helloRetryRequest
    flights.insert(Flight(.client, "140303000101"), at: 2)
    #expect(ConversationLog.lines(of: flights).filter { $0.hasPrefix("> client_hello") }.count == 2)
    // The server's side may be missing from the capture.
    let client = flights.filter { $0.sender == .client }
    #expect(ConversationLog.lines(of: client).filter { $0.hasPrefix("> client_hello") }.count == 2)
  }

  @Test func aPlaintextAlertAfterATLS13ServerHelloIsRead() {
    var flights = Array(Flight.tls13Complete.prefix(2))
    flights.append(Flight(.client, "1503030002022d"))
    #expect(ConversationLog.lines(of: flights).suffix(2) == ["> record alert 2", "> alert 2 45"])
    // Behind the dummy ChangeCipherSpec as well.
    flights.insert(Flight(.client, "140303000101"), at: 2)
    #expect(ConversationLog.lines(of: flights).suffix(2) == ["> record alert 2", "> alert 2 45"])
  }

  @Test func anEmptyClientCertificateIsTold() {
    let lines = ConversationLog.lines(of: Flight.tls12EmptyClientCertificate)
    #expect(lines.contains { $0.hasPrefix("< certificate_request") && $0.hasSuffix("certificateRequest") })
    #expect(lines.contains("> certificate 7 certificate([])"))
    #expect(lines.contains("< alert 2 40"))
    // The client's own Finished still comes, and is not taken for plaintext.
    #expect(lines.last == "> record handshake 40 encrypted")
  }

  @Test func piecesOfAnySizeTellTheSame() {
    for flights in [
      Flight.tls12UntrustedJava, Flight.tls12Complete, Flight.tls13Complete, Flight.helloRetryRequest,
      Flight.tls11Complete, Flight.tls12EmptyClientCertificate, Flight.chromeHello,
    ] {
      let whole = ConversationLog.lines(of: flights)
      #expect(!whole.isEmpty)
      for size in [1, 2, 3, 4, 5, 6, 7, 9, 13, 64, 100, 1460] {
        #expect(ConversationLog.lines(of: flights, piecesOf: size) == whole)
      }
    }
  }

  @Test func aCutAtAnyPlaceTellsTheSame() {
    let flights = Flight.tls12UntrustedJava
    let whole = ConversationLog.lines(of: flights)
    let server = flights[1].bytes
    for cut in 0...server.count {
      let parts = [
        flights[0], Flight(.server, bytes: Array(server.prefix(cut))),
        Flight(.server, bytes: Array(server.dropFirst(cut))), flights[2],
      ]
      #expect(ConversationLog.lines(of: parts) == whole)
    }
  }

  @Test func everyTruncationOfAFlightTellsAPrefix() {
    let flights = Flight.tls12UntrustedJava
    let whole = ConversationLog.lines(of: Array(flights.prefix(2)))
    let server = flights[1].bytes
    for length in 0..<server.count {
      let lines = ConversationLog.lines(of: [flights[0], Flight(.server, bytes: Array(server.prefix(length)))])
      #expect(whole.starts(with: lines))
      #expect(lines.count < whole.count)
    }
  }

  @Test func severalMessagesInOneRecordAreToldAfterIt() {
    let messages = handshake(14, []) + handshake(0, []) + handshake(14, [])
    #expect(
      ConversationLog.lines(of: [Flight(.server, bytes: record(22, messages))]) == [
        "< record handshake 12", "< server_hello_done 4 other", "< hello_request 4 other",
        "< server_hello_done 4 other",
      ])
  }

  @Test func oneMessageOverManyRecordsIsToldWithTheLast() {
    let message = handshake(11, [0, 0, 33] + [0, 0, 30] + [UInt8](repeating: 1, count: 30))
    let bytes = message.flatMap { record(22, [$0]) }
    let lines = ConversationLog.lines(of: [Flight(.server, bytes: Flight.serverHello + bytes)])
    #expect(lines.count == 2 + message.count + 1)
    #expect(lines.last == "< certificate 40 certificate([30])")
  }

  @Test func theFrameIsTheOneThatCompletesTheMessage() {
    var log = ConversationLog()
    let bytes = record(22, handshake(14, []))
    log.receive(Array(bytes.prefix(7)), from: .server, frame: 3)
    log.receive(Array(bytes.dropFirst(7)), from: .server, frame: 8)
    #expect(log.events.map(\.frame) == [8, 8])
  }

  @Test func severalAlertsInOneRecordAndOneAlertInTwoRecordsAreRead() {
    #expect(
      ConversationLog.lines(of: [Flight(.server, bytes: record(21, [1, 112, 2, 40]))]) == [
        "< record alert 4", "< alert 1 112", "< alert 2 40",
      ])
    #expect(
      ConversationLog.lines(of: [Flight(.server, bytes: record(21, [2]) + record(21, [40]))]) == [
        "< record alert 1", "< record alert 1", "< alert 2 40",
      ])
  }

  @Test func plaintextInPlaceOfARecordIsToldOnce() {
    let lines = ConversationLog.lines(
      of: [Flight(.server, bytes: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))], piecesOf: 7)
    #expect(lines == ["< not TLS"])
  }

  @Test func plaintextBehindTLSIsTold() {
    var flights = Flight.tls12UntrustedJava
    flights.append(Flight(.client, bytes: Array("GET / HTTP/1.1\r\n\r\n".utf8)))
    #expect(ConversationLog.lines(of: flights).last == "> not TLS")
  }

  @Test func aSettledConversationStillShowsAlertsAndLengths() {
    var log = ConversationLog()
    for flight in Flight.tls13Complete.prefix(2) { log.receive(flight.bytes, from: flight.sender) }
    log.conversation.settle()
    let before = log.lines.count
    log.receive(record(23, [UInt8](repeating: 9, count: 5000)) + record(21, [1, 0]), from: .client)
    log.receive(record(22, handshake(14, [])), from: .server)
    #expect(
      log.lines.dropFirst(before) == [
        "> record application_data 5000 encrypted", "> record alert 2", "> alert 1 0",
        "< record handshake 4 encrypted",
      ])
  }

  @Test func aDraftHelloRetryRequestIsAServerHello() {
    let bytes = record(22, handshake(6, [0x7f, 0x12, 0, 6, 0, 40, 0, 2, 0, 24]))
    var log = ConversationLog()
    log.receive(bytes, from: .server)
    #expect(log.lines.last == "< hello_retry_request 14 serverHello")
    #expect(log.conversation.negotiatedVersion?.isTLS13 == true)
  }
}
