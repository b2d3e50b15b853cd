import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import HandshakeModel

/// How QUIC and DTLS connections are judged, which end without a FIN.
@Suite struct DatagramOutcomeTests {
  private func connection(_ transport: ConnectionTransport, silence: Double = 0) -> Connection {
    var connection = Connection(
      index: 1, transport: transport, client: Endpoint(address: IPAddress(ipv4: 1), port: 5000),
      server: Endpoint(address: IPAddress(ipv4: 2), port: 443), roleBasis: .clientHello, firstFrame: 1,
      started: Timestamp(nanoseconds: 0))
    connection.network.silence = silence
    connection.network.client.segments = 2
    connection.network.server.segments = 2
    connection.network.server.lastData = FrameNote(frame: 3, time: Timestamp(nanoseconds: 3))
    connection.network.client.lastData = FrameNote(frame: 4, time: Timestamp(nanoseconds: 4))
    return connection
  }

  /// Both sides have sent Handshake packets, the client last, and none of them data.
  private func answered(silence: Double) -> Connection {
    var connection = connection(.quic, silence: silence)
    var facts = QUICFacts()
    facts.clientVersion = .version1
    facts.serverVersion = .version1
    facts.client.initial = 1
    facts.client.handshake = 2
    facts.server.handshake = 2
    connection.quic = facts
    return connection
  }

  @Test func aClientThatWasHeardToHaveAnAnswerWasAnswered() {
    var connection = connection(.quic, silence: 60)
    connection.network = NetworkFacts()
    connection.network.client.segments = 3
    var facts = QUICFacts()
    facts.clientVersion = .version1
    facts.client.initial = 3
    connection.quic = facts
    // Initial packets of a client that was not answered open.
    #expect(connection.lacksDatagramsOfServer && connection.outcomeOfDatagrams == .incomplete)
    connection.quic?.clientVersion = QUICVersion(rawValue: 0x0a0a_0a0a)
    #expect(!connection.lacksDatagramsOfServer && connection.outcomeOfDatagrams == .failed)
    connection.quic?.client.handshake = 1
    #expect(connection.lacksDatagramsOfServer && connection.outcomeOfDatagrams == .incomplete)
    connection.network.server.segments = 1
    #expect(!connection.lacksDatagramsOfServer)
  }

  /// Who offers a reserved version only wants to hear which ones there are (RFC 9000 §15).
  @Test func whoAsksForVersionsHasNotFailed() {
    var connection = connection(.quic, silence: 60)
    var facts = QUICFacts()
    facts.clientVersion = QUICVersion(rawValue: 0x0a0a_0a0a)
    facts.client.initial = 1
    facts.negotiationFrame = 5
    facts.negotiationOffer = [.version1]
    connection.quic = facts
    connection.outcome = connection.outcomeOfDatagrams
    #expect(connection.outcome == .incomplete && connection.incompleteReason == .versionProbe)
    connection.quic?.clientVersion = QUICVersion(rawValue: 0x7777_7777)
    #expect(connection.outcomeOfDatagrams == .failed)
  }

  @Test func whatIsJoinedBehindTheHandshakeIsNoHandshake() {
    var quic = answered(silence: 60)
    quic.quic?.client.initial = 0
    quic.quic?.client.oneRTT = 9
    quic.quic?.server.oneRTT = 9
    quic.quic?.client.firstOneRTTFrame = 4
    quic.outcome = quic.outcomeOfDatagrams
    #expect(quic.outcome == .incomplete)
    #expect(quic.incompleteReason == .joinedMidway)
    var dtls = connection(.dtls)
    dtls.dtls = DTLSFacts()
    dtls.transcript.records = [record(.client, 22, 40, frame: 4), record(.server, 22, 40, frame: 5)]
    #expect(dtls.outcomeOfDatagrams == .incomplete)
  }

  @Test func aClientHelloInTwoDatagramsRepeatsNothing() {
    var connection = connection(.quic, silence: 60)
    connection.network.server = DirectionFacts()
    connection.network.client.firstData = FrameNote(frame: 1, time: Timestamp(nanoseconds: 0))
    var facts = QUICFacts()
    facts.clientVersion = .version1
    facts.client.initial = 2
    connection.quic = facts
    connection.transcript.clientHellos = [
      Observed(
        ClientHello(
          legacyVersion: .tls12, random: [], legacySessionID: [], cipherSuites: [], compressionMethods: [0],
          extensions: []), frame: 1, time: Timestamp(nanoseconds: 0))
    ]
    #expect(connection.outcomeOfDatagrams == .incomplete)
    connection.quic?.client.repeatedPieces = 1
    #expect(connection.outcomeOfDatagrams == .failed)
    connection.quic?.client.repeatedPieces = 0
    connection.network.client.lastData?.time = Timestamp(nanoseconds: 1_000_000_000)
    #expect(connection.outcomeOfDatagrams == .failed)
  }

  @Test func dataFromTheClientMeansThatItAcceptedTheServer() {
    var connection = answered(silence: 60)
    connection.quic?.client.oneRTT = 1
    connection.quic?.client.firstOneRTTFrame = 4
    #expect(connection.outcomeOfDatagrams == .established)
    #expect(!connection.hasUnfinishedQUICAnswer)
  }

  @Test func silenceBehindTheClientsAnswerIsAHiddenClose() {
    #expect(answered(silence: 5).outcomeOfDatagrams == .failed)
    #expect(answered(silence: 0.2).outcomeOfDatagrams == .incomplete)
    #expect(answered(silence: 0.2).hasUnfinishedQUICAnswer)
    var served = answered(silence: 5)
    served.network.server.lastData = FrameNote(frame: 9, time: Timestamp(nanoseconds: 9))
    #expect(served.outcomeOfDatagrams == .incomplete)
  }

  @Test func aVersionNegotiationThatTheClientCannotFollowIsAFailure() {
    var connection = connection(.quic)
    var facts = QUICFacts()
    facts.clientVersion = .version1
    facts.negotiationOffer = [.version2]
    facts.negotiationFrame = 5
    connection.quic = facts
    #expect(connection.outcomeOfDatagrams == .failed)
    // The client goes on.
    connection.quic?.negotiationFrame = 3
    #expect(connection.outcomeOfDatagrams == .incomplete)
    connection.quic?.negotiationFrame = 5
    connection.quic?.negotiationOffer = [.version2, .version1]
    #expect(connection.outcomeOfDatagrams == .incomplete)
  }

  private func record(
    _ sender: Role, _ type: UInt8, _ length: Int, frame: Int, isEncrypted: Bool = true
  ) -> ObservedRecord {
    ObservedRecord(
      frame: frame, time: Timestamp(nanoseconds: Int64(frame)), sender: sender,
      record: RecordNote(
        contentType: ContentType(rawValue: type), version: .dtls12, length: length, isEncrypted: isEncrypted))
  }

  private func serverHello(_ version: ProtocolVersion) -> Observed<ServerHello> {
    var hello = ServerHello(
      legacyVersion: .dtls12, random: [], legacySessionID: [], cipherSuite: CipherSuite(rawValue: 0x1301),
      compressionMethod: 0, extensions: [])
    hello.selectedVersion = version
    return Observed(hello, frame: 2, time: Timestamp(nanoseconds: 2))
  }

  @Test func aDTLSFinishedFromBothSidesIsSuccess() {
    var connection = connection(.dtls)
    connection.dtls = DTLSFacts()
    connection.transcript.serverHellos = [serverHello(.dtls12)]
    connection.transcript.records = [record(.client, 22, 40, frame: 4), record(.server, 22, 40, frame: 5)]
    #expect(connection.outcomeOfDatagrams == .established)
    // An encrypted alert is no Finished.
    connection.transcript.records[1] = record(.server, 21, 26, frame: 5)
    #expect(connection.outcomeOfDatagrams == .incomplete)
  }

  @Test func anEncryptedAlertDoesNotFinishADTLS13Handshake() {
    var connection = connection(.dtls)
    connection.dtls = DTLSFacts()
    connection.transcript.serverHellos = [serverHello(.dtls13)]
    connection.transcript.records = [record(.server, 23, 900, frame: 3), record(.client, 23, 19, frame: 4)]
    #expect(connection.outcomeOfDatagrams == .incomplete)
    connection.transcript.records = [
      record(.server, 23, 900, frame: 3), record(.client, 23, 61, frame: 4), record(.server, 23, 19, frame: 5),
    ]
    #expect(connection.outcomeOfDatagrams == .incomplete)
    connection.transcript.records.append(record(.server, 23, 35, frame: 6))
    #expect(connection.outcomeOfDatagrams == .established)
  }

  @Test func aDTLSFlightThatIsRepeatedInVainIsAFailure() {
    var connection = connection(.dtls)
    connection.transcript.serverHellos = [serverHello(.dtls12)]
    var facts = DTLSFacts()
    facts.client.encryptedRecords = 3
    connection.dtls = facts
    #expect(connection.ignoredFinishedRepetitions == 2)
    #expect(connection.outcomeOfDatagrams == .failed)
    connection.dtls?.client.encryptedRecords = 2
    #expect(connection.outcomeOfDatagrams == .incomplete)
  }
}
