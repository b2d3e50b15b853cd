import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

@Suite struct UnansweredDatagramsTests {
  /// A QUIC client that sends `datagrams` in vain; the server answers with `answers`.
  static func inquiry(datagrams: Int = 3, answers: Int = 0) -> Inquiry {
    let client = Endpoint(address: IPAddress(ipv4: 0x0a00_0001), port: 50_000)
    let server = Endpoint(address: IPAddress(ipv4: 0x0a00_0002), port: 443)
    var connection = Connection(
      index: 1, transport: .quic, client: client, server: server, roleBasis: .clientHello, firstFrame: 1,
      started: Timestamp(nanoseconds: 0))
    connection.network.client.segments = datagrams
    connection.network.server.segments = answers
    connection.network.client.firstData = FrameNote(frame: 1, time: Timestamp(nanoseconds: 0))
    connection.network.client.lastData = FrameNote(frame: datagrams, time: Timestamp(nanoseconds: 3_000_000_000))
    connection.outcome = .failed
    return Inquiry(attempt: Attempt(connections: [connection], lookups: []), connection: connection)
  }

  @Test func repeatedDatagramsWithoutAnAnswerAreATimeout() throws {
    let finding = try #require([Mechanism.tcpTimeoutUDPBlocked].claims(Self.inquiry()).first)
    #expect(finding.id.code == .tcpTimeout)
    #expect(finding.claim.observations.first?.frames == [1, 3])
  }

  @Test func oneDatagramOrAnAnswerIsNone() {
    #expect([Mechanism.tcpTimeoutUDPBlocked].claims(Self.inquiry(datagrams: 1)).isEmpty)
    #expect([Mechanism.tcpTimeoutUDPBlocked].claims(Self.inquiry(answers: 1)).isEmpty)
  }
}
