import Testing

@testable import TLSProtocol

struct QUICConversationTests {
  /// Messages and alerts as `sender name`, with `*` behind those that keys opened.
  private func events(
    _ name: String, keyLog: KeyLog? = nil, withRoles: Bool = true, _ conversation: inout QUICConversation
  ) throws -> [String] {
    let session = try #require(QUICSession.named(name))
    var events: [String] = []
    for (index, datagram) in session.datagrams.enumerated() {
      unsafe conversation.receive(
        datagram: datagram.bytes.span.bytes, from: withRoles ? datagram.sender : nil, frame: index + 1
      ) { events.append(Self.text($0)) }
    }
    return events
  }

  private static func text(_ event: TLSEvent) -> String {
    switch event.kind {
    case .handshake(let message): "\(event.sender) \(message.type)\(message.isDecrypted ? "*" : "")"
    case .alert(let alert, let isDecrypted): "\(event.sender) alert \(alert.description)\(isDecrypted ? "*" : "")"
    default: "\(event.sender) other"
    }
  }

  private func conversation(_ name: String) throws -> QUICConversation {
    QUICConversation(keyLog: KeyLog(text: try #require(QUICSession.named(name)).keyLog))
  }

  private let wholeHandshake = [
    "client client_hello", "server server_hello", "server encrypted_extensions*", "server certificate*",
    "server certificate_verify*", "server finished*", "client finished*",
  ]

  @Test(arguments: ["chaCha20", "aes256"], [true, false])
  func aSessionWithKeysShowsItsWholeHandshake(_ name: String, withRoles: Bool) throws {
    var conversation = try conversation(name)
    #expect(try events(name, withRoles: withRoles, &conversation) == wholeHandshake)
    let facts = conversation.facts
    #expect(facts.clientVersion == .version1)
    #expect(facts.serverVersion == .version1)
    #expect(facts.client.unopened == 0)
    #expect(facts.server.unopened == 0)
    #expect(facts.handshakeDoneFrame == 4)
    let close = try #require(facts.closes.first)
    #expect(close.sender == .client)
    #expect(close.close.isApplication)
    #expect(close.close.name == "application error 0x102")
    #expect(close.close.reason == #"done\1B[31m"#)
    #expect(close.close.alert == nil)
  }

  @Test func withoutKeysTheHellosAreReadAndTheRestIsCounted() throws {
    var conversation = QUICConversation(keyLog: nil)
    #expect(try events("chaCha20", &conversation) == ["client client_hello", "server server_hello"])
    #expect(conversation.facts.client.firstOneRTTFrame == 3)
    #expect(conversation.facts.client.firstHandshakeFrame == 3)
    #expect(conversation.facts.server.unopened > 0)
  }

  @Test func aRejectedCertificateIsAnAlert() throws {
    var conversation = try conversation("untrusted")
    let events = try events("untrusted", &conversation)
    // Before the handshake is confirmed a close goes out in Initial packets too: no keys are needed to see it.
    #expect(events.last == "client alert bad_certificate")
    let close = try #require(conversation.facts.closes.first?.close)
    #expect(close.name == "CRYPTO_ERROR(bad_certificate)")
    #expect(close.frameType == 6)
    #expect(close.reason.hasPrefix("Certificate"))
  }

  @Test func anAlertInAnInitialPacketNeedsNoKeys() throws {
    var conversation = QUICConversation(keyLog: nil)
    #expect(
      try events("noCommonProtocol", &conversation) == [
        "client client_hello", "server alert no_application_protocol",
      ])
  }

  @Test func aRetryChangesTheKeysAndIsChecked() throws {
    var conversation = try conversation("retryVersion2")
    let events = try events("retryVersion2", withRoles: false, &conversation)
    // This client, against RFC 9000 §17.2.5.3, makes a new hello.
    #expect(events == ["client client_hello"] + wholeHandshake)
    #expect(conversation.facts.retryFrame == 2)
    #expect(conversation.facts.isRetryGenuine == true)
    #expect(conversation.facts.serverVersion == .version2)
    #expect(conversation.facts.client.unopened == 0)
  }

  @Test func versionNegotiationListsTheServersVersions() throws {
    var conversation = QUICConversation(keyLog: nil)
    #expect(try events("versionNegotiation", &conversation) == ["client client_hello"])
    #expect(
      conversation.facts.negotiationOffer == [.version2, .draft(29), QUICVersion(rawValue: 0x1a2a_3a4a)])
    #expect(conversation.facts.negotiationFrame == 2)
    #expect(conversation.facts.serverVersion == nil)
  }

  @Test func onlyConnectionsOpeningsLookLikeQUIC() throws {
    let session = try #require(QUICSession.named("chaCha20"))
    let hello = try #require(session.datagrams.first).bytes
    #expect(unsafe QUICConversation.looksLikeQUIC(hello.span.bytes))
    let short = Array(hello.prefix(600))
    #expect(unsafe !QUICConversation.looksLikeQUIC(short.span.bytes))
    for other in [[], [0x16, 0xfe, 0xfd], Array("\u{12}4 not a packet".utf8), [UInt8](repeating: 0xff, count: 1300)] {
      #expect(unsafe !QUICConversation.looksLikeQUIC(other.span.bytes))
    }
    // A version that is offered to have another one negotiated (RFC 9000 §15).
    var reserved = hello
    for index in 1...4 { reserved[index] = 0x0a }
    #expect(unsafe QUICConversation.looksLikeQUIC(reserved.span.bytes))
    for index in 1...4 { reserved[index] = 0x42 }
    #expect(unsafe !QUICConversation.looksLikeQUIC(reserved.span.bytes))
  }

  @Test func onlyVersionsThatSomebodyAssignedAreOffered() {
    let identifiers: [UInt8] = [0x87, 0, 0, 0, 0, 2, 1, 2, 1, 3]
    for (versions, isQUIC) in [
      ([0, 0, 0, 1, 0x1a, 0x2a, 0x3a, 0x4a], true), ([0xff, 0, 0, 29], true), ([], false), ([0, 0, 0, 0], false),
      ([0, 0, 0, 1, 0], false), ([0, 0, 0, 1, 0, 0, 0, 0], false), ([0x99, 0x12, 0x33, 0x71], false),
    ] as [([UInt8], Bool)] {
      let datagram = identifiers + versions
      #expect(unsafe QUICConversation.looksLikeQUIC(datagram.span.bytes) == isQUIC)
    }
  }

  @Test func piecesThatComeAgainAreCounted() throws {
    let session = try #require(QUICSession.named("aes256"))
    let hello = session.datagrams[0]
    var conversation = QUICConversation(keyLog: nil)
    for repetitions in 0..<3 {
      unsafe conversation.receive(datagram: hello.bytes.span.bytes, from: .client, frame: repetitions + 1) { _ in }
      #expect(conversation.facts.client.repeatedPieces == repetitions)
    }
  }

  @Test func packetsBeforeTheirKeysWait() throws {
    var conversation = try conversation("aes256")
    let session = try #require(QUICSession.named("aes256"))
    // The client's Handshake packet overtakes the server's whole flight.
    var events: [String] = []
    for index in [0, 2, 1] {
      let datagram = session.datagrams[index]
      unsafe conversation.receive(datagram: datagram.bytes.span.bytes, from: datagram.sender, frame: index + 1) {
        events.append(Self.text($0))
      }
    }
    #expect(Set(events) == Set(wholeHandshake))
    #expect(conversation.facts.client.unopened == 0)
  }

  /// Initial packets that nobody can open, each to the identifier with its number.
  private func unopenable(_ count: Int, version: UInt32 = 1, identifier: (Int) -> Int) -> [UInt8] {
    (0..<count).flatMap { number -> [UInt8] in
      let identifier = UInt64(identifier(number))
      return [0xc0] + (0..<4).map { UInt8(truncatingIfNeeded: version >> (24 - 8 * $0)) } + [8]
        + (0..<8).map { UInt8(truncatingIfNeeded: identifier >> (56 - 8 * UInt64($0))) } + [0, 0, 20]
        + [UInt8](repeating: 0x5a, count: 20)
    }
  }

  @Test func ofHundredsOfPacketsInADatagramFewAreOpened() {
    for spread in [0, 1] {
      var conversation = QUICConversation(keyLog: nil)
      let datagram = unopenable(700) { $0 * spread }
      unsafe conversation.receive(datagram: datagram.span.bytes, from: .client, frame: 1) { _ in }
      #expect(conversation.facts.client.initial == 700)
      #expect(conversation.derivedKeys == 1)
      #expect(conversation.attempts <= 32)
    }
  }

  @Test func datagramsThatNameEverNewIdentifiersAndVersionsGetFewKeys() throws {
    var conversation = QUICConversation(keyLog: nil)
    let hello = try #require(QUICSession.named("chaCha20")?.datagrams.first).bytes
    unsafe conversation.receive(datagram: hello.span.bytes, from: .client, frame: 1) { _ in }
    for number in 0..<500 {
      let version: UInt32 = number.isMultiple(of: 2) ? 0x6b33_43cf : 0xff00_001d
      let datagram = unopenable(1, version: version) { _ in number }
      unsafe conversation.receive(datagram: datagram.span.bytes, from: .client, frame: 2) { _ in }
    }
    #expect(conversation.derivedKeys <= 32)
    #expect(conversation.attempts <= 100)
  }

  @Test func mutationsNeverTrap() throws {
    var generator = SeededGenerator(state: 0x1234_5678_9abc)
    for session in QUICSession.all {
      let log = KeyLog(text: session.keyLog)
      var hellos = 0
      for _ in 0..<25 {
        var conversation = QUICConversation(keyLog: log)
        for (sender, original) in session.datagrams {
          var datagram = original
          for _ in 0..<Int.random(in: 0..<3, using: &generator) {
            datagram[Int.random(in: 0..<min(60, datagram.count), using: &generator)] ^= UInt8.random(
              in: 1...255, using: &generator)
          }
          if Bool.random(using: &generator) {
            datagram.removeLast(Int.random(in: 0..<datagram.count, using: &generator) / 8)
          }
          unsafe conversation.receive(datagram: datagram.span.bytes, from: sender, frame: 1) { _ in hellos += 1 }
        }
      }
      #expect(hellos > 0)
    }
  }
}
