import Bytes
import Testing

@testable import TLSProtocol

@Suite struct ConversationKeysTests {
  private func log(_ recorded: KeyedConversation, keyLog: KeyLog? = nil, piecesOf size: Int = .max) -> ConversationLog {
    var log = ConversationLog(keyLog: keyLog ?? recorded.keyLog)
    for flight in recorded.flights {
      var rest = flight.bytes[...]
      while !rest.isEmpty {
        log.receive(Array(rest.prefix(size)), from: flight.sender)
        rest = rest.dropFirst(size)
      }
    }
    return log
  }

  private func opened(_ log: ConversationLog) -> [String] {
    log.events.compactMap { event in
      switch event.kind {
      case .handshake(let message) where message.isDecrypted: ConversationLog.line(event)
      case .alert(_, isDecrypted: true): ConversationLog.line(event)
      case .record(let note): note.innerContentType.map { "\(event.sender == .client ? ">" : "<") \($0)" }
      default: nil
      }
    }
  }

  @Test func theWholeHandshakeOfTLS13Opens() {
    let log = log(.tls13)
    #expect(
      opened(log) == [
        "< handshake", "< encrypted_extensions 15 encryptedExtensions",
        "< handshake", "< certificate 421 certificate([408])",
        "< handshake", "< certificate_verify 80 certificateVerify",
        "< handshake", "< finished 52 other",
        "> handshake", "> finished 52 other",
        "> application_data",
        "< handshake", "< new_session_ticket 233 newSessionTicket",
        "> alert", "> alert 1 0",
      ])
    #expect(log.conversation.decryptionObstacle == nil)
    #expect(!log.lines.contains { $0.contains("decryption failed") })
  }

  @Test func theMissingClientCertificateOfTLS13IsRead() {
    let lines = log(.tls13ClientCertificateMissing).lines
    #expect(lines.contains("< certificate_request 45 certificateRequest"))
    #expect(lines.contains("> certificate 8 certificate([])"))
    // The server never logged the client's next secret, since it refused the client: one record stays shut.
    #expect(lines.filter { $0.contains("decryption failed") } == ["> decryption failed 21"])
    #expect(lines.last == "< alert 2 116")
  }

  @Test func finishedDataAndAlertsOfTLS12Open() {
    for recorded in [KeyedConversation.tls12, .tls12CBC] {
      #expect(
        opened(log(recorded)) == [
          "> handshake", "> finished 16 other", "< handshake", "< finished 16 other",
          "> application_data", "> alert", "> alert 1 0",
        ])
    }
  }

  @Test func aRenegotiationInsideTheProtectionSwitchesKeys() {
    let log = log(.tls12Renegotiated)
    let messages = opened(log).filter {
      $0.contains(" other") || $0.contains("Hello") || $0.contains("change_cipher_spec")
    }
    #expect(
      messages == [
        "> finished 16 other", "< finished 16 other", "> client_hello 146 clientHello",
        "< server_hello 117 serverHello",
        "< server_hello_done 4 other", "> change_cipher_spec", "> finished 16 other", "< change_cipher_spec",
        "< finished 16 other",
      ])
    #expect(!log.lines.contains { $0.contains("decryption failed") })
    #expect(log.lines.suffix(2) == ["< record alert 26 encrypted", "< alert 1 0"])
  }

  @Test func piecesOfAnySizeOpenAlike() {
    for recorded in [KeyedConversation.tls12, .tls13] {
      let whole = log(recorded).lines
      for size in [1, 2, 7, 100] { #expect(log(recorded, piecesOf: size).lines == whole) }
    }
  }

  @Test func aKeyLogOfOtherConnectionsOpensNothingAndSaysSo() {
    let log = log(.tls13, keyLog: KeyedConversation.tls12.keyLog)
    #expect(log.conversation.decryptionObstacle == .noEntryForClientRandom)
    #expect(opened(log).isEmpty)
    #expect(!log.lines.contains { $0.contains("decryption failed") })
  }

  @Test func aDamagedRecordFailsAndTheRestOpens() {
    var flights = KeyedConversation.tls13.flights
    var bytes = flights[1].bytes
    // Inside the record of the certificate.
    bytes[300] ^= 1
    flights[1] = Flight(.server, bytes: bytes)
    let log = log(KeyedConversation(flights: flights, secrets: KeyedConversation.tls13.secrets))
    #expect(log.lines.filter { $0.contains("decryption failed") } == ["< decryption failed 438"])
    #expect(log.lines.contains("< certificate_verify 80 certificateVerify"))
    #expect(log.lines.last == "> alert 1 0")
  }

  @Test func aLostRecordIsSteppedOver() {
    var log = ConversationLog(keyLog: KeyedConversation.tls13.keyLog)
    let flights = KeyedConversation.tls13.flights
    log.receive(flights[0].bytes, from: .client)
    let server = flights[1].bytes
    log.receive(Array(server[..<300]), from: .server)
    log.conversation.skip(100, from: .server)
    log.receive(Array(server[400...]), from: .server)
    #expect(log.lines.contains("< encrypted_extensions 15 encryptedExtensions"))
    #expect(!log.lines.contains { $0.hasPrefix("< certificate ") })
    #expect(log.lines.contains("< certificate_verify 80 certificateVerify"))
  }

  @Test func aSettledConversationOpensNothingMore() {
    var log = ConversationLog(keyLog: KeyedConversation.tls13.keyLog)
    for flight in KeyedConversation.tls13.flights.prefix(2) { log.receive(flight.bytes, from: flight.sender) }
    log.conversation.settle()
    let count = opened(log).count
    for flight in KeyedConversation.tls13.flights.dropFirst(2) { log.receive(flight.bytes, from: flight.sender) }
    #expect(opened(log).count == count)
  }

  @Test func randomChangesUnderKeysNeverTrap() {
    var generator = SeededGenerator(state: 11)
    let recorded = [KeyedConversation.tls12, .tls12CBC, .tls13, .tls13ClientCertificateMissing]
    var events = 0
    for round in 0..<200 {
      let original = recorded[round % recorded.count]
      let flights = original.flights.map { flight in
        var bytes = flight.bytes
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        return Flight(flight.sender, bytes: bytes)
      }
      events += log(KeyedConversation(flights: flights, secrets: original.secrets)).events.count
    }
    #expect(events > 1000)
  }
}
