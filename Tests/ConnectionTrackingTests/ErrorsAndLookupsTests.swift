import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// ICMP errors find the connection that they quote, DNS answers their question.
@Suite struct ErrorsAndLookupsTests {
  private let router = IPAddress(ipv4: 0x0A01_0101)

  private func error(
    about dialogue: Dialogue, from sender: Role = .client, type: UInt8 = 3, code: UInt8 = 13, mtu: Int? = nil
  ) -> Transport {
    let (source, destination) =
      sender == .client ? (dialogue.client, dialogue.server) : (dialogue.server, dialogue.client)
    return .icmp(
      ICMPMessage(
        isICMPv6: false, type: type, code: code, nextHopMTU: mtu,
        quoted: QuotedPacket(
          source: source, destination: destination, transportProtocol: 6,
          sequenceNumber: SequenceNumber(rawValue: 1000), length: 60)))
  }

  @Test func anErrorThatQuotesTheSYNFailsTheConnection() throws {
    var dialogue = Dialogue()
    dialogue.syn()
    dialogue.script.add(from: router, to: dialogue.client.address, error(about: dialogue))
    let connection = dialogue.connection
    #expect(connection.outcome == .failed)
    let note = try #require(connection.network.icmpErrors.first)
    #expect(note.frame == 2 && note.reporter == router && note.quotedSender == .client && note.code == 13)
  }

  @Test func anErrorTellsWhoseLargePacketDidNotPass() {
    var dialogue = Dialogue.opened
    dialogue.script.add(
      from: router, to: dialogue.server.address, error(about: dialogue, from: .server, code: 4, mtu: 1280))
    let note = dialogue.connection.network.icmpErrors.first
    #expect(note?.quotedSender == .server)
    #expect(note?.nextHopMTU == 1280)
  }

  @Test func errorsAboutOtherConnectionsAndOtherProtocolsAreIgnored() {
    var dialogue = Dialogue()
    dialogue.syn()
    var other = dialogue
    other.client.port = 1
    dialogue.script.add(from: router, to: dialogue.client.address, error(about: other))
    let udp = ICMPMessage(
      isICMPv6: false, type: 3, code: 3,
      quoted: QuotedPacket(
        source: dialogue.client, destination: dialogue.server, transportProtocol: 17, sequenceNumber: nil, length: 60))
    dialogue.script.add(from: router, to: dialogue.client.address, .icmp(udp))
    dialogue.script.add(
      from: router, to: dialogue.client.address, .icmp(ICMPMessage(isICMPv6: false, type: 8, code: 0)))
    dialogue.script.add(from: router, to: dialogue.client.address, .other(47))
    let connections = dialogue.script.connections()
    #expect(connections.count == 1)
    #expect(connections[0].network.icmpErrors.isEmpty)
  }

  @Test func aFloodOfErrorsIsKeptSmall() {
    var dialogue = Dialogue()
    dialogue.syn()
    for _ in 0..<100 { dialogue.script.add(from: router, to: dialogue.client.address, error(about: dialogue)) }
    #expect(dialogue.connection.network.icmpErrors.count == 8)
  }

  // MARK: DNS

  private func message(
    _ identifier: UInt16, _ name: [String], type: UInt16 = 1, isResponse: Bool = false, code: UInt8 = 0,
    address: [UInt8]? = nil
  ) -> [UInt8] {
    let labels: [[UInt8]] = name.map { [UInt8($0.utf8.count)] + Array($0.utf8) }
    let typeAndClass: [UInt8] = [UInt8(type >> 8), UInt8(type & 0xff), 0, 1]
    var bytes: [UInt8] = [UInt8(identifier >> 8), UInt8(identifier & 0xff)]
    bytes += [isResponse ? 0x81 : 0x01, isResponse ? 0x80 | code : 0, 0, 1, 0, address == nil ? 0 : 1, 0, 0, 0, 0]
    bytes += labels.joined() + [0] + typeAndClass
    if let address { bytes += [0xC0, 0x0C] + typeAndClass + [0, 0, 0, 60, 0, UInt8(address.count)] + address }
    return bytes
  }

  private func exchange(_ script: inout PacketScript, _ bytes: [UInt8], isResponse: Bool = false, port: UInt16 = 50_053)
  {
    let (client, resolver) = (Dialogue().client.address, router)
    let header = UDPHeader(sourcePort: isResponse ? 53 : port, destinationPort: isResponse ? port : 53)
    script.add(from: isResponse ? resolver : client, to: isResponse ? client : resolver, .udp(header), bytes)
  }

  @Test func anAnswerFindsItsQuestion() throws {
    var script = PacketScript()
    exchange(&script, message(7, ["svc", "test"]))
    exchange(&script, message(7, ["svc", "test"], type: 28))
    exchange(&script, message(7, ["svc", "test"], isResponse: true, address: [192, 0, 2, 9]), isResponse: true)
    let lookups = script.lookups()
    #expect(lookups.map(\.type) == [1, 28])
    #expect(lookups.map(\.name) == ["svc.test", "svc.test"])
    let first = try #require(lookups.first)
    #expect(first.addresses == [IPAddress(ipv4: 0xC000_0209)])
    #expect(first.response?.frame == 3 && first.responseCode == 0)
    #expect(first.client == Dialogue().client.address && first.resolver == router)
    #expect(lookups[1].response == nil)
  }

  @Test func repetitionsBelongToTheirFirstQuestion() {
    var script = PacketScript()
    for _ in 0..<3 { exchange(&script, message(7, ["svc", "test"])) }
    #expect(script.lookups().map { $0.queries.map(\.frame) } == [[1, 2, 3]])
  }

  @Test func anErrorIsAnAnswerWithoutAddresses() {
    var script = PacketScript()
    exchange(&script, message(9, ["nx", "test"]))
    exchange(&script, message(9, ["nx", "test"], isResponse: true, code: 3), isResponse: true)
    #expect(script.lookups().map(\.responseCode) == [3])
    #expect(script.lookups().first?.addresses.isEmpty == true)
  }

  @Test func anAnswerWithoutItsQuestionIsALookupToo() {
    var script = PacketScript()
    exchange(&script, message(9, ["svc", "test"], isResponse: true, address: [192, 0, 2, 9]), isResponse: true)
    #expect(script.lookups().first?.queries.isEmpty == true)
    #expect(script.lookups().first?.addresses.count == 1)
    #expect(script.lookups().first?.client == Dialogue().client.address)
  }

  @Test func theFirstAnswerCounts() {
    var script = PacketScript()
    exchange(&script, message(9, ["svc", "test"]))
    exchange(&script, message(9, ["svc", "test"], isResponse: true, address: [192, 0, 2, 9]), isResponse: true)
    exchange(&script, message(9, ["svc", "test"], isResponse: true, code: 3), isResponse: true)
    #expect(script.lookups().first?.responseCode == 0)
    #expect(script.lookups().first?.addresses.count == 1)
  }

  @Test func bytesOnPort53ThatAreNoDNSAreIgnored() {
    var script = PacketScript()
    exchange(&script, [1, 2, 3])
    exchange(&script, [UInt8](repeating: 0xff, count: 400))
    exchange(&script, [0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(script.lookups().isEmpty)
  }

  @Test func oldLookupsAreForgottenAndNewOnesStillFindTheirAnswers() throws {
    var script = PacketScript()
    exchange(&script, message(1, ["old", "test"]))
    script.wait(60)
    exchange(&script, message(2, ["new", "test"]))
    var tracker = ConnectionTracker()
    script.play(to: &tracker)
    let last = try #require(tracker.lookups.lookups.last?.queries.last?.time)
    tracker.forgetLookups(before: Timestamp(nanoseconds: last.nanoseconds - 1_000_000_000))
    #expect(tracker.lookups.lookups.map(\.name) == ["new.test"])
    var answer = PacketScript()
    exchange(&answer, message(2, ["new", "test"], isResponse: true, address: [192, 0, 2, 9]), isResponse: true)
    answer.play(to: &tracker)
    #expect(tracker.lookups.lookups.map(\.addresses.count) == [1])
  }

  @Test func aQuestionThatIsRepeatedWithoutEndIsCounted() throws {
    var script = PacketScript()
    for _ in 0..<1000 { exchange(&script, message(7, ["www", "example"])) }
    let lookup = try #require(script.lookups().first)
    #expect(lookup.queries.count == LookupRecorder.queryLimit)
    #expect(lookup.queryCount == 1000)
    #expect(lookup.queries.last?.frame == 1000)
  }

  @Test func lookupsAreBounded() {
    var tracker = ConnectionTracker()
    for port in 0..<UInt16(LookupRecorder.limit / 1000 + 5) {
      var script = PacketScript()
      for identifier in 0..<UInt16(1000) { exchange(&script, message(identifier, ["a"]), port: 1024 + port) }
      script.play(to: &tracker)
    }
    let count = tracker.lookups.lookups.count
    #expect(count == LookupRecorder.limit)
  }
}
