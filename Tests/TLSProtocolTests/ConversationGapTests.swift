import Bytes
import Testing

@testable import TLSProtocol

@Suite struct ConversationGapTests {
  /// Server's first flight in TLS 1.2: hello, certificate, key exchange, done.
  private let server = Flight.tls12UntrustedJava[1].bytes

  private func lines(without gap: Range<Int>, told count: Int? = nil) -> [String] {
    var log = ConversationLog()
    log.receive(Flight.tls12UntrustedJava[0].bytes, from: .client)
    log.receive(Array(server[..<gap.lowerBound]), from: .server)
    log.conversation.skip(count ?? gap.count, from: .server)
    log.receive(Array(server[gap.upperBound...]), from: .server)
    return Array(log.lines.dropFirst(2))
  }

  @Test func aGapInsideTheCertificateLosesOnlyTheCertificate() {
    #expect(
      lines(without: 200..<900) == [
        "< record handshake 65", "< server_hello 65 serverHello",
        "< record handshake 2001", "< certificate 2001 other",
        "< record handshake 114", "< server_key_exchange 114 serverKeyExchange",
        "< record handshake 4", "< server_hello_done 4 other",
      ])
  }

  @Test func aGapUpToARecordsEndKeepsTheNext() {
    // 70 bytes of hello record, then 2006 of certificate record.
    #expect(lines(without: 500..<2076).suffix(5).first == "< certificate 2001 other")
  }

  @Test func aGapOverARecordsStartSearchesTheNextHeader() {
    let found = lines(without: 60..<1000)
    #expect(
      found == [
        "< record handshake 65", "< server_hello 65 other",
        "< record handshake 114", "< server_key_exchange 114 serverKeyExchange",
        "< record handshake 4", "< server_hello_done 4 other",
      ])
  }

  @Test func aGapOfUnknownLengthSearchesToo() {
    #expect(lines(without: 70..<2076, told: 0).suffix(4).first == "< record handshake 114")
  }

  @Test func noGapAnywhereMakesItTellWhatWasNotSent() {
    let whole = Set(ConversationLog.lines(of: Flight.tls12UntrustedJava))
    for start in stride(from: 0, to: server.count, by: 7) {
      for length in [1, 4, 5, 9, 100, 1448] where start + length <= server.count {
        for line in lines(without: start..<start + length)
        where !line.hasSuffix(" other") && !line.hasSuffix("encrypted") && !line.contains(" record ") {
          #expect(whole.contains(line), "gap at \(start), \(length) bytes")
        }
      }
    }
  }

  @Test func aCaptureThatStartsInMidStreamFindsTheNextRecords() {
    var log = ConversationLog()
    let data = record(23, [UInt8](repeating: 0xaa, count: 300))
    log.conversation.skip(0, from: .server)
    log.receive(Array(data.dropFirst(100)) + data + data, from: .server)
    log.receive(record(21, [UInt8](repeating: 0xbb, count: 26)), from: .server)
    #expect(
      log.lines == [
        "< record application_data 300 encrypted", "< record application_data 300 encrypted",
        "< record alert 26 encrypted",
      ])
  }

  @Test func anEncryptedFinishedInMidStreamIsNotTakenForPlaintext() {
    var log = ConversationLog()
    log.conversation.skip(0, from: .client)
    // An explicit nonce of zeros, as GCM's first record has, reads as hello_request.
    log.receive(record(22, [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 0x5a, count: 32)), from: .client)
    #expect(log.lines == ["> record handshake 40 encrypted"])
  }

  @Test func aStreamThatOpensWithoutAHelloIsNotTrusted() {
    // The start of the capture is missing and nobody said so: a Finished, with GCM's explicit nonce in front.
    var log = ConversationLog()
    log.receive(record(22, [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 0x5a, count: 32)), from: .server)
    log.receive(record(20, [1]) + record(22, [UInt8](repeating: 1, count: 40)), from: .client)
    log.receive(record(21, [2, 40]), from: .client)
    #expect(
      log.lines == [
        "< record handshake 40 encrypted", "> record change_cipher_spec 1", "> record handshake 40 encrypted",
        "> record alert 2", "> alert 2 40",
      ])
  }

  @Test func aStreamThatOpensInTheMiddleOfTheFlightIsRead() {
    var log = ConversationLog()
    log.receive(Array(server.dropFirst(70)), from: .server)
    #expect(log.lines.suffix(2) == ["< record handshake 4", "< server_hello_done 4 other"])
    #expect(log.lines.contains("< certificate 2001 certificate([524, 829, 632])"))
  }

  @Test func aLostChangeCipherSpecIsConcludedFromData() {
    var log = ConversationLog()
    for flight in Flight.tls12Complete.prefix(2) { log.receive(flight.bytes, from: flight.sender) }
    log.conversation.skip(0, from: .client)
    log.receive(record(23, [UInt8](repeating: 3, count: 40)), from: .client)
    log.receive(record(22, [1, 0, 0, 36] + [UInt8](repeating: 3, count: 36)), from: .client)
    #expect(log.lines.last == "> record handshake 40 encrypted")
  }

  @Test func noiseBehindAGapIsGivenUpInTheEnd() {
    var log = ConversationLog()
    log.conversation.skip(0, from: .server)
    let noise = [UInt8](repeating: 0x41, count: 4096)
    for _ in 0..<300 { log.receive(noise, from: .server) }
    log.receive(record(23, [1, 2, 3]), from: .server)
    #expect(log.lines == ["< not TLS"])
  }
}
