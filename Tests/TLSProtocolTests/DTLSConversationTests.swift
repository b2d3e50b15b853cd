import Testing

@testable import TLSProtocol

struct DTLSConversationTests {
  private struct Story {
    /// Messages and alerts as `sender name`, with `*` behind those that keys opened.
    var events: [String] = []
    var records: [RecordNote] = []
    var facts = DTLSFacts()
    var failures = 0

    mutating func note(_ event: TLSEvent) {
      switch event.kind {
      case .record(let note): records.append(note)
      case .handshake(let message):
        events.append("\(event.sender) \(message.type)\(message.isDecrypted ? "*" : "")")
        if case .malformed = message.body { failures += 1 }
      case .alert(let alert, let isDecrypted):
        events.append("\(event.sender) alert \(alert.description)\(isDecrypted ? "*" : "")")
      case .notTLS, .decryptionFailed: failures += 1
      }
    }
  }

  private func story(
    _ session: DTLSSession, withKeys: Bool = true, withRoles: Bool = true, order: [Int]? = nil
  ) -> Story {
    var conversation = DTLSConversation(keyLog: withKeys ? KeyLog(text: session.keyLog) : nil)
    var story = Story()
    for index in order ?? Array(session.datagrams.indices) {
      let (sender, bytes) = session.datagrams[index]
      unsafe conversation.receive(
        datagram: bytes.span.bytes, from: withRoles ? sender : nil, frame: index + 1
      ) { story.note($0) }
    }
    story.facts = conversation.facts
    return story
  }

  private func session(_ name: String) throws -> DTLSSession { try #require(DTLSSession.named(name)) }

  private let clear = [
    "client client_hello", "server hello_verify_request", "client client_hello", "server server_hello",
    "server certificate", "server server_key_exchange", "server server_hello_done", "client client_key_exchange",
  ]

  @Test(arguments: ["dtls12", "chacha", "dtls10", "lossy"])
  func aSessionWithKeysShowsItsWholeHandshake(_ name: String) throws {
    let story = story(try session(name))
    #expect(
      story.events
        == clear + [
          "client finished*", "server new_session_ticket", "server finished*", "client alert close_notify*",
          "server alert close_notify*",
        ])
    #expect(story.failures == 0)
    #expect(story.facts.helloVerifyRequestFrame == 2)
    #expect(story.facts.didReturnCookie)
    #expect(story.facts.client.encryptedRecords == 3)
    #expect(story.facts.client.retransmittedMessages == (name == "lossy" ? 1 : 0))
    #expect(story.facts.server.retransmittedMessages == (name == "lossy" ? 1 : 0))
    #expect(story.records.contains { $0.innerContentType == .applicationData && $0.innerLength == 6 })
  }

  @Test func withoutKeysCiphertextIsCounted() throws {
    let story = story(try session("dtls12"), withKeys: false)
    #expect(story.events == clear + ["server new_session_ticket"])
    #expect(story.records.filter(\.isEncrypted).count == 5)
    #expect(story.facts.server.firstEncryptedFrame == 6)
    #expect(story.failures == 0)
  }

  @Test func keysOfAnotherSessionOpenNothing() throws {
    var session = try session("dtls12")
    let secret = String(session.keyLog.suffix(96).reversed())
    session.keyLog = String(session.keyLog.dropLast(96)) + secret
    let story = story(session)
    #expect(story.failures == 5)
    #expect(story.events.count == clear.count + 1)
  }

  @Test func fragmentsInAnyOrderBecomeTheSameMessages() throws {
    // The server's flight, datagrams 4 to 7, in three other orders.
    for flight in [[6, 5, 4, 3], [4, 3, 6, 5], [3, 3, 6, 4, 4, 5]] {
      let story = story(try session("chacha"), order: [0, 1, 2] + flight + [7])
      #expect(story.events == clear + ["client finished*"])
    }
  }

  @Test func aLostMessageDoesNotHideThoseBehindIt() throws {
    // The datagram with the Certificate's middle never arrives.
    let story = story(try session("chacha"), order: [0, 1, 2, 3, 5, 6, 7, 8, 9])
    #expect(!story.events.contains("server certificate"))
    #expect(story.events.contains("server server_hello_done"))
    #expect(story.events.contains("client finished*"))
  }

  @Test func alertsInTheClearAreRead() throws {
    #expect(story(try session("untrusted")).events.last == "client alert unknown_ca")
    #expect(story(try session("noCipher")).events.last == "server alert handshake_failure")
  }

  @Test func messagesTellWhoSentThem() throws {
    let story = story(try session("untrusted"), withRoles: false)
    #expect(story.events.first == "client client_hello")
    #expect(story.events.contains("server server_hello"))
  }

  @Test func aHelloReadsAsInTLS() throws {
    let session = try session("dtls12")
    var conversation = DTLSConversation(keyLog: nil)
    var hellos: [ClientHello] = []
    for (sender, bytes) in session.datagrams {
      unsafe conversation.receive(datagram: bytes.span.bytes, from: sender, frame: 1) { event in
        if case .handshake(let message) = event.kind, case .clientHello(let hello) = message.body {
          hellos.append(hello)
        }
      }
    }
    #expect(hellos.count == 2)
    #expect(hellos.first?.legacyVersion == .dtls12)
    #expect(hellos.first?.cipherSuites.isEmpty == false)
    #expect(hellos.first?.random == hellos.last?.random)
    #expect(hellos.first?.extensions == hellos.last?.extensions)
    #expect(hellos.map(\.messageLength) == [184, 204])
  }

  @Test func connectionIdentifiersAreSteppedOver() {
    // A hello that asks for identifiers of three bytes, then a record of type tls12_cid that carries one.
    let hello =
      bytes("fefd") + [UInt8](repeating: 9, count: 32) + bytes("0000 0002c02b 0100 0008 0036 0004 03aabbcc")
    let handshake = bytes("01 000000 0000 000000 000000").enumerated().map { index, byte in
      index == 3 || index == 11 ? UInt8(hello.count) : byte
    }
    let record = bytes("16 fefd 0000 000000000000") + [0, UInt8(hello.count + 12)] + handshake + hello
    let protected = bytes("19 fefd 0001 000000000001 aabbcc 0003 010203")
    let short = bytes("3d aabbcc 0001 0004 01020304")
    var conversation = DTLSConversation(keyLog: nil)
    var story = Story()
    unsafe conversation.receive(datagram: record.span.bytes, from: .client, frame: 1) { story.note($0) }
    unsafe conversation.receive(datagram: (protected + short).span.bytes, from: .server, frame: 2) { story.note($0) }
    #expect(conversation.facts.client.connectionID == bytes("aabbcc"))
    #expect(story.records.map(\.length) == [hello.count + 12, 3, 4])
    #expect(story.records.map(\.isEncrypted) == [false, true, true])
    #expect(conversation.facts.server.malformed == 0)
  }

  @Test func onlyRecordsLookLikeDTLS() throws {
    let hello = try #require(try session("dtls12").datagrams.first).bytes
    #expect(unsafe DTLSConversation.looksLikeDTLS(hello.span.bytes))
    let cut = Array(hello.dropLast())
    #expect(unsafe !DTLSConversation.looksLikeDTLS(cut.span.bytes))
    for other in [[], [0x16, 3, 3, 0, 1, 0], [0x2f, 0, 0, 0], Array("GET / HTTP/1.1".utf8)] as [[UInt8]] {
      #expect(unsafe !DTLSConversation.looksLikeDTLS(other.span.bytes))
      var conversation = DTLSConversation(keyLog: nil)
      unsafe conversation.receive(datagram: other.span.bytes, from: .client, frame: 1) { _ in }
    }
  }

  @Test func mutationsNeverTrap() {
    var generator = SeededGenerator(state: 0xfeed)
    var messages = 0
    for session in DTLSSession.all {
      let log = KeyLog(text: session.keyLog)
      for _ in 0..<60 {
        var conversation = DTLSConversation(keyLog: log)
        for (sender, original) in session.datagrams {
          var datagram = original
          for _ in 0..<Int.random(in: 0..<4, using: &generator) {
            datagram[Int.random(in: 0..<datagram.count, using: &generator)] = UInt8.random(
              in: 0...255, using: &generator)
          }
          unsafe conversation.receive(datagram: datagram.span.bytes, from: sender, frame: 1) { _ in messages += 1 }
        }
      }
    }
    #expect(messages > 1000)
  }

  @Test func aFlightThatNeverEndsIsBounded() {
    var conversation = DTLSConversation(keyLog: nil)
    var messages = 0
    for sequence in 0..<3000 {
      let record =
        bytes("16 fefd 0000 000000000000 000c 00 000000")
        + [UInt8(sequence >> 8), UInt8(sequence & 0xff), 0, 0, 0, 0, 0, 0]
      unsafe conversation.receive(datagram: record.span.bytes, from: .server, frame: 1) { event in
        if case .handshake = event.kind { messages += 1 }
      }
    }
    #expect(messages == 512)
  }
}
