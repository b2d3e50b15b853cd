import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// QUIC and DTLS handshakes fail with the same causes as those over TCP, told by other signs.
@Suite struct QUICFailureTests {
  private static func note(_ frame: Int) -> FrameNote {
    FrameNote(frame: frame, time: Timestamp(nanoseconds: Int64(frame) * 1_000_000))
  }

  /// A QUIC connection whose server has sent its flight, and whose client's last packet is `last`.
  private static func connection(
    outcome: Outcome = .failed, _ change: (inout Connection) -> Void = { _ in }
  ) -> Connection {
    var builder = FixtureBuilder.greeted(.offer(protocols: ["h3"]))
    builder.answer(.answer())
    var connection = builder.ended(outcome)
    connection.transport = .quic
    connection.transcript.records = []
    connection.network.syns = []
    connection.network.synAck = nil
    var facts = QUICFacts()
    facts.clientVersion = .version1
    facts.serverVersion = .version1
    facts.client.initial = 1
    facts.client.handshake = 2
    facts.server.handshake = 2
    facts.server.firstHandshakeFrame = builder.frame
    connection.quic = facts
    connection.network.client.lastData = Self.note(builder.frame + 3)
    connection.network.server.lastData = Self.note(builder.frame + 1)
    change(&connection)
    return connection
  }

  private static func inquiry(_ connection: Connection, working: Connection? = nil) -> Inquiry {
    Inquiry(
      attempt: Attempt(connections: [connection], lookups: []), connection: connection,
      workingAttempt: working.map { Attempt(connections: [$0], lookups: []) }, working: working)
  }

  private static func close(_ code: UInt64, _ sender: Role, frame: Int, reason: String = "") -> QUICFacts.Close {
    QUICFacts.Close(
      sender: sender, frame: frame,
      close: QUICConnectionClose(code: code, isApplication: false, frameType: 6, reason: reason))
  }

  /// The server names its versions, the client's is not among them.
  private static var foreignVersion: Connection {
    connection { connection in
      connection.transcript.serverHellos = []
      connection.quic?.serverVersion = nil
      connection.quic?.negotiationOffer = [.version2, QUICVersion(rawValue: 0x1a2a_3a4a)]
      connection.quic?.negotiationFrame = 40
    }
  }

  /// A DTLS server that acts as if the client's Finished had not come.
  private static func ignoring(_ suite: UInt16) -> Connection {
    var builder = FixtureBuilder.greeted(.offer(versions: [0x0303]))
    builder.answer(.answer(version: 0x0303, suite: suite, group: nil))
    for _ in 0..<3 { builder.encrypted(.client, 60, type: 22) }
    var failing = builder.ended()
    failing.transport = .dtls
    var facts = DTLSFacts()
    facts.client.encryptedRecords = 3
    failing.dtls = facts
    return failing
  }

  /// Stories that no recorded pair holds: a close that says why, and a capture that ends at once.
  static var inquiries: [Inquiry] {
    [
      inquiry(connection(outcome: .incomplete)), inquiry(foreignVersion), inquiry(ignoring(0x00ae)),
      inquiry(ignoring(0xc02b)),
    ]
      + [0x02, 0x08, 0x0a, 0x11].map { code in
        inquiry(connection { $0.quic?.closes = [close(code, .server, frame: 30)] })
      }
  }

  @Test func silenceBehindTheClientsAnswerMeansARejectedCertificate() throws {
    let causes = Diagnosis.diagnose(Self.connection())
    #expect(causes.first?.code == .certRejected)
    #expect(causes.first?.confidence == .likely)
    let ending = Ending(Self.connection())
    #expect(ending.phase == .serverFlight)
    #expect(ending.ender == .client)
  }

  @Test func whereTheCaptureEndsAtOnceTheVerdictIsAboutTheCapture() {
    let causes = Diagnosis.diagnose(Self.connection(outcome: .incomplete))
    #expect(causes.map(\.code) == [.captureIncomplete, .certRejected])
    #expect(causes.last?.confidence == .possible)
  }

  @Test func versionsWithoutACommonOneAreNamed() throws {
    let cause = try #require(Diagnosis.diagnose(Self.foreignVersion).first)
    #expect(cause.code == .tlsVersion)
    #expect(cause.confidence == .certain)
    #expect(cause.title == "No QUIC version in common: the client speaks QUIC v1, the server QUIC v2")
    #expect(cause.evidence.flatMap(\.frames).contains(40))
    #expect(cause.remedies.map(\.text).contains("Offer a QUIC version that the server speaks: QUIC v2"))
  }

  @Test(arguments: [
    (UInt64(0x02), Role.server, CauseCode.tcpRefused), (0x08, .client, .tlsExtension), (0x0a, .server, .tlsMalformed),
    (0x11, .client, .tlsVersion),
  ])
  func closesOfTheTransportNameTheirCause(_ code: UInt64, _ sender: Role, _ cause: CauseCode) throws {
    let failing = Self.connection {
      $0.quic?.closes = [Self.close(code, sender, frame: 30, reason: "because\u{1B}[31m")]
    }
    let first = try #require(Diagnosis.diagnose(failing).first)
    #expect(first.code == cause)
    #expect(first.evidence.contains { $0.frames == [30] && $0.text.contains("because") })
    #expect(!first.evidence.contains { $0.text.unicodeScalars.contains("\u{1B}") })
  }

  @Test func aCloseThatExplainsNothingIsQuotedAllTheSame() throws {
    let failing = Self.connection { $0.quic?.closes = [Self.close(0x01, .server, frame: 30, reason: "out of memory")] }
    let first = try #require(Diagnosis.diagnose(failing).first)
    #expect(first.code == .tlsUnknown)
    #expect(first.title.contains("INTERNAL_ERROR"))
    #expect(first.title.contains("out of memory"))
  }

  @Test func theReasonOfACryptoErrorIsEvidence() throws {
    let failing = Self.connection { connection in
      connection.transcript.alerts = [
        AlertNote(
          frame: 30, time: Timestamp(nanoseconds: 30), sender: .client,
          alert: Alert(level: .fatal, description: .unknownCA), isEncrypted: true, recordLength: 2)
      ]
      connection.quic?.closes = [Self.close(0x130, .client, frame: 30, reason: "self-signed certificate in chain")]
    }
    let first = try #require(Diagnosis.diagnose(failing).first)
    #expect(first.code == .certUntrusted)
    #expect(first.evidence.contains { $0.text == "the reason given: \"self-signed certificate in chain\"" })
  }

  @Test func noCommonProtocolOverQUICIsAdvisedInQUICsWords() throws {
    let failing = Self.connection { connection in
      connection.transcript.serverHellos = []
      connection.transcript.alerts = [
        AlertNote(
          frame: 30, time: Timestamp(nanoseconds: 30), sender: .server,
          alert: Alert(level: .fatal, description: .noApplicationProtocol), isEncrypted: false, recordLength: 2)
      ]
    }
    let first = try #require(Diagnosis.diagnose(failing).first)
    #expect(first.code == .tlsALPN)
    #expect(first.remedies.contains { $0.text.contains("QUIC listener: h3") })
  }

  @Test(arguments: [(UInt16(0x00ae), Grade.strong), (0xc02b, .usual)])
  func aDTLSFinishedThatIsIgnoredIsMostLikelyAnotherKey(_ suite: UInt16, _ grade: Grade) throws {
    var failing = Self.ignoring(suite)
    #expect([Mechanism].ignoredFinished.said(Self.inquiry(failing)) == [.tlsDecrypt: grade])
    failing.dtls?.server.encryptedRecords = 1
    #expect([Mechanism].ignoredFinished.claims(Self.inquiry(failing)).isEmpty)
  }

  @Test func datagramsWithoutAnAnswerAreNoFaultOfTheCapture() {
    var failing = Self.connection { connection in
      connection.transcript.serverHellos = []
      connection.network.server = DirectionFacts()
      connection.quic?.client.handshake = 0
      connection.quic?.client.oneRTT = 0
      connection.network.client.segments = 3
      connection.network.client.firstData = Self.note(1)
      connection.network.client.lastData = Self.note(2001)
    }
    let mechanisms = [Mechanism.captureIncomplete, .tcpTimeoutUDPBlocked]
    #expect(mechanisms.said(Self.inquiry(failing)).keys.elementsEqual([.tcpTimeout]))
    // Its keys for these came with the answer.
    failing.quic?.client.handshake = 1
    #expect(mechanisms.said(Self.inquiry(failing)).keys.elementsEqual([.captureIncomplete]))
  }
}
