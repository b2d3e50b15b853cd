import TLSProtocol
import Testing

struct DecryptionTests {
  private func makeDecryptor(_ session: RecordedSession, keyLog: KeyLog? = nil) -> RecordDecryptor? {
    RecordDecryptor(
      keyLog: keyLog ?? KeyLog(text: session.keyLog), clientRandom: session.clientRandom,
      serverRandom: session.serverRandom, version: ProtocolVersion(rawValue: session.version),
      cipherSuite: CipherSuite(rawValue: session.cipherSuite), encryptThenMAC: session.encryptThenMAC)
  }

  private func open(
    _ record: [UInt8], from sender: Role, with decryptor: inout RecordDecryptor
  ) -> (contentType: ContentType, plaintext: [UInt8])? {
    let fragment = Array(record.dropFirst(5))
    return unsafe decryptor.open(
      contentType: ContentType(rawValue: record[0]),
      version: ProtocolVersion(rawValue: UInt16(record[1]) << 8 | UInt16(record[2])), fragment: fragment.span.bytes,
      from: sender)
  }

  static let supported = RecordedSession.all.filter { $0.name != "camellia" }

  @Test(arguments: supported)
  func everyRecordOfASessionOpens(_ session: RecordedSession) throws {
    var decryptor = try #require(makeDecryptor(session))
    var text: [UInt8] = []
    var lastOfClient: (contentType: ContentType, plaintext: [UInt8])?
    for (sender, record) in session.records {
      let opened = try #require(open(record, from: sender, with: &decryptor))
      if opened.contentType == .applicationData { text += opened.plaintext }
      if sender == .client { lastOfClient = opened }
    }
    let said = String(decoding: text, as: UTF8.self)
    #expect(said.contains("hello\n"))
    if session.name == "gcm128" { #expect(said.contains("after update\nagain\n")) }
    if session.name == "earlyData" { #expect(said.hasPrefix("early words\n")) }
    #expect(lastOfClient?.contentType == .alert)
    #expect(lastOfClient?.plaintext == [1, 0])
  }

  @Test(arguments: supported.filter { $0.name != "tls10" && $0.name != "tls10etm" })
  func missedRecordsAreStridden(_ session: RecordedSession) throws {
    var decryptor = try #require(makeDecryptor(session))
    // Of each direction only the last record, an alert, arrives.
    for sender in Role.allCases {
      let last = try #require(session.records.last { $0.sender == sender })
      let opened = open(last.record, from: sender, with: &decryptor)
      // Two KeyUpdates were missed in that session: the keys are out of reach.
      if session.name == "gcm128", sender == .client {
        #expect(opened == nil)
      } else {
        #expect(opened?.contentType == .alert)
      }
    }
  }

  @Test(arguments: supported)
  func aChangedByteDoesNotOpen(_ session: RecordedSession) throws {
    var decryptor = try #require(makeDecryptor(session))
    let (sender, record) = try #require(session.records.first)
    for index in stride(from: 5, to: record.count, by: 11) {
      var changed = record
      changed[index] ^= 0x01
      // CBC's padding and IV aside, which some forms do not protect, nothing changed may open as it was.
      let original = open(record, from: sender, with: &decryptor)
      decryptor = try #require(makeDecryptor(session))
      let opened = open(changed, from: sender, with: &decryptor)
      #expect(opened == nil || opened?.plaintext != original?.plaintext)
      decryptor = try #require(makeDecryptor(session))
    }
  }

  @Test func callersMayAnnounceKeyChanges() throws {
    let session = try #require(RecordedSession.all.first { $0.name == "gcm128" })
    var decryptor = try #require(makeDecryptor(session))
    var finished: Set<Role> = []
    var updates = 0
    for (sender, record) in session.records {
      let opened = try #require(open(record, from: sender, with: &decryptor))
      guard opened.contentType == .handshake else { continue }
      if opened.plaintext.first == 20 {
        decryptor.finishedSeen(from: sender)
        finished.insert(sender)
      }
      if opened.plaintext.first == 24 {
        decryptor.keyUpdate(from: sender)
        updates += 1
      }
    }
    #expect(finished.count == 2)
    #expect(updates > 1)
  }

  @Test func obstaclesAreNamed() throws {
    let session = try #require(RecordedSession.all.first { $0.name == "gcm12" })
    func obstacle(
      _ text: String, suite: UInt16 = 0xc02b, version: ProtocolVersion = .tls12
    ) -> RecordDecryptor.Obstacle? {
      RecordDecryptor.obstacle(
        keyLog: KeyLog(text: text), clientRandom: session.clientRandom, serverRandom: session.serverRandom,
        version: version, cipherSuite: CipherSuite(rawValue: suite))
    }
    #expect(obstacle(session.keyLog) == nil)
    #expect(obstacle("") == .noEntryForClientRandom)
    #expect(obstacle(session.keyLog, suite: 0xc072) == .unsupportedCipherSuite(CipherSuite(rawValue: 0xc072)))
    #expect(obstacle(session.keyLog, suite: 0xeeee) == .unsupportedCipherSuite(CipherSuite(rawValue: 0xeeee)))
    #expect(obstacle(session.keyLog, version: .ssl3) == .unsupportedCipherSuite(CipherSuite(rawValue: 0xc02b)))
    guard case .secretsMissing(let labels) = obstacle(session.keyLog, suite: 0x1301, version: .tls13) else {
      Issue.record("a TLS 1.2 secret opens no TLS 1.3 record")
      return
    }
    #expect(labels.contains("CLIENT_HANDSHAKE_TRAFFIC_SECRET"))
  }

  @Test func foreignRecordsDoNotOpenAndDoNotStopTheRest() throws {
    let session = try #require(RecordedSession.all.first { $0.name == "chacha13" })
    var decryptor = try #require(makeDecryptor(session))
    var generator = SeededGenerator(state: 5)
    for length in 0..<200 {
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(open([23, 3, 3, 0, 0] + noise, from: .server, with: &decryptor) == nil)
    }
    for (sender, record) in session.records {
      #expect(open(record, from: sender, with: &decryptor) != nil)
    }
  }

  @Test(arguments: supported)
  func anyFragmentOfAnySuiteIsSafe(_ session: RecordedSession) throws {
    var decryptor = try #require(makeDecryptor(session))
    var opened = 0
    for type in [20, 21, 22, 23] as [UInt8] {
      for length in 0..<70 {
        let record = [type, 3, 3, 0, 0] + [UInt8](repeating: 0x07, count: length)
        if open(record, from: .client, with: &decryptor) != nil { opened += 1 }
      }
    }
    #expect(opened == 0)
  }
}
