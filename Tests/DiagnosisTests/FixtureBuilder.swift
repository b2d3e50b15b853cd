import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol

@testable import Diagnosis

/// Puts a connection together by hand, frame by frame, as a recorder would tell it. Each step takes a frame and a
/// millisecond.
struct FixtureBuilder {
  private(set) var connection: Connection
  private(set) var frame = 0
  var now = Timestamp(nanoseconds: 1_790_000_000_000_000_000)

  static let client = IPAddress(ipv4: 0xC000_0201)
  static let server = Endpoint(address: IPAddress(ipv4: 0xC633_6402), port: 443)

  init(server: Endpoint = FixtureBuilder.server) {
    connection = Connection(
      index: 1, transport: .tcp, client: Endpoint(address: Self.client, port: 40_000), server: server, roleBasis: .syn,
      firstFrame: 1, started: now)
  }

  private mutating func step() -> FrameNote {
    frame += 1
    now.nanoseconds += 1_000_000
    connection.lastFrame = frame
    connection.ended = now
    return FrameNote(frame: frame, time: now)
  }

  mutating func wait(_ seconds: Double) {
    now.nanoseconds += Int64(seconds * 1e9)
    connection.ended = now
  }

  /// Changes the network's facts where no step does.
  mutating func network(_ change: (inout NetworkFacts) -> Void) { change(&connection.network) }
  mutating func transcript(_ change: (inout Transcript) -> Void) { change(&connection.transcript) }

  // MARK: TCP

  mutating func syn() {
    connection.network.syns.append(step())
    connection.network.client.segments += 1
  }

  mutating func connect() {
    syn()
    connection.network.synAck = step()
    connection.network.established = step()
    connection.network.client.hopLimit = 64
    connection.network.server.hopLimit = 60
    connection.network.server.hopLimitRange = 60...60
    connection.network.server.segments += 1
    connection.network.client.segments += 1
  }

  mutating func fin(_ role: Role) {
    if role == .client { connection.network.clientFin = step() } else { connection.network.serverFin = step() }
  }

  mutating func reset(_ role: Role, hopLimit: UInt8 = 60, offset: Int? = 0, acknowledges: Int? = 0) {
    let note = step()
    connection.network.resets.append(
      Reset(
        frame: note.frame, time: note.time, sender: role, hopLimit: hopLimit, identification: nil, hasAck: true,
        window: 0, sequenceOffset: offset, acknowledges: acknowledges))
  }

  /// A sign of life of the server after the hello.
  mutating func acknowledge(_ role: Role) { connection.network[role].lastAck = step() }

  mutating func icmp(type: UInt8, code: UInt8, isICMPv6: Bool = false, about sender: Role = .client) {
    let note = step()
    connection.network.icmpErrors.append(
      ICMPNote(
        frame: note.frame, time: note.time, reporter: IPAddress(ipv4: 0x0A00_0001), isICMPv6: isICMPv6, type: type,
        code: code, nextHopMTU: nil, quotedSender: sender, quotedLength: 60))
  }

  private mutating func sent(_ role: Role, _ length: Int) -> FrameNote {
    let note = step()
    connection.network[role].segments += 1
    connection.network[role].dataSegments += 1
    connection.network[role].payloadBytes += UInt64(length)
    connection.network[role].firstData = connection.network[role].firstData ?? note
    connection.network[role].lastData = note
    return note
  }

  // MARK: What is said

  mutating func say(_ role: Role, _ kind: PlaintextKind, _ text: String) {
    let note = sent(role, text.utf8.count)
    if role == .server { connection.transcript.serverPrefix += Array(text.utf8) }
    connection.transcript.plaintext.append(
      PlaintextNote(frame: note.frame, time: note.time, sender: role, kind: kind, excerpt: text))
  }

  mutating func hello(_ hello: ClientHello) {
    let note = sent(.client, hello.messageLength)
    connection.transcript.isTLS = true
    connection.transcript.clientTLSOffset = connection.transcript.clientTLSOffset ?? 0
    connection.transcript.clientHellos.append(Observed(hello, frame: note.frame, time: note.time))
    record(.client, 22, hello.messageLength, isEncrypted: false, note)
  }

  mutating func answer(_ hello: ServerHello) {
    let note = sent(.server, 100)
    connection.transcript.isTLS = true
    connection.transcript.serverTLSOffset = connection.transcript.serverTLSOffset ?? 0
    connection.transcript.serverHellos.append(Observed(hello, frame: note.frame, time: note.time))
    record(.server, 22, 100, isEncrypted: false, note)
  }

  mutating func encrypted(_ role: Role, _ lengths: Int..., type: UInt8 = 23) {
    let note = sent(role, lengths.reduce(0, +))
    for length in lengths { record(role, type, length, isEncrypted: true, note) }
  }

  private mutating func record(_ role: Role, _ type: UInt8, _ length: Int, isEncrypted: Bool, _ note: FrameNote) {
    connection.transcript.records.append(
      ObservedRecord(
        frame: note.frame, time: note.time, sender: role,
        record: RecordNote(
          contentType: ContentType(rawValue: type), version: .tls12, length: length, isEncrypted: isEncrypted)))
  }

  mutating func message(_ role: Role, _ type: HandshakeType) {
    let note = sent(role, 50)
    connection.transcript.messages.append(
      MessageNote(frame: note.frame, time: note.time, sender: role, type: type, length: 50, isDecrypted: false))
  }

  mutating func changeCipherSpec(_ role: Role) {
    let note = sent(role, 6)
    if role == .client {
      connection.transcript.clientChangeCipherSpec = note
    } else {
      connection.transcript.serverChangeCipherSpec = note
    }
  }

  /// An alert in the clear; nil for one that no key opens.
  mutating func alert(_ role: Role, _ description: AlertDescription?) {
    let note = sent(role, 7)
    connection.transcript.alerts.append(
      AlertNote(
        frame: note.frame, time: note.time, sender: role,
        alert: description.map { Alert(level: .fatal, description: $0) }, isEncrypted: description == nil,
        recordLength: description == nil ? 19 : 2))
    if description == nil { record(role, 23, 19, isEncrypted: true, note) }
  }

  // MARK: The end

  func ended(_ outcome: Outcome = .failed) -> Connection {
    var connection = connection
    connection.outcome = outcome
    return connection
  }

  /// The inquiry into it as the failing one.
  func inquiry(working: Connection? = nil, logs: LogEvidence = LogEvidence()) -> Inquiry {
    let failing = ended()
    return Inquiry(
      attempt: Attempt(connections: [failing], lookups: []), connection: failing,
      workingAttempt: working.map { Attempt(connections: [$0], lookups: []) }, working: working, logs: logs)
  }

  // MARK: Ready-made

  /// A connection with its hello out and acknowledged.
  static func greeted(_ offer: ClientHello = .offer()) -> FixtureBuilder {
    var builder = FixtureBuilder()
    builder.connect()
    builder.hello(offer)
    builder.acknowledge(.server)
    return builder
  }

  /// A hello that the server answers with one alert in the clear.
  static func refused(_ offer: ClientHello = .offer(), by alert: AlertDescription) -> FixtureBuilder {
    var builder = greeted(offer)
    builder.alert(.server, alert)
    builder.fin(.server)
    return builder
  }

  /// A TLS 1.3 connection up to the server's Finished.
  static func flight13(_ offer: ClientHello = .offer()) -> FixtureBuilder {
    var builder = greeted(offer)
    builder.answer(.answer())
    builder.encrypted(.server, 900, 53)
    return builder
  }

  /// One that works.
  static func established(_ offer: ClientHello = .offer(), _ answer: ServerHello = .answer()) -> Connection {
    var builder = greeted(offer)
    builder.answer(answer)
    builder.encrypted(.server, 900, 53)
    builder.encrypted(.client, 53)
    builder.encrypted(.client, 200)
    builder.encrypted(.server, 300)
    return builder.ended(.established)
  }
}

extension ClientHello {
  static func offer(
    versions: [UInt16] = [0x0304, 0x0303], suites: [UInt16] = [0x1301, 0xc02f, 0xc02b],
    groups: [UInt16] = [0x001d, 0x0017], schemes: [UInt16] = [0x0403, 0x0804, 0x0401], name: String? = "svc.test",
    protocols: [String] = [], extensions: [ExtensionType] = [.supportedGroups, .keyShare, .signatureAlgorithms],
    length: Int = 250
  ) -> ClientHello {
    var hello = ClientHello(
      legacyVersion: ProtocolVersion(rawValue: min(versions.max() ?? 0x0303, 0x0303)), random: [], legacySessionID: [],
      cipherSuites: suites.map(CipherSuite.init), compressionMethods: [0],
      extensions: extensions.map { HelloExtension(type: $0, body: []) })
    if versions.contains(0x0304) { hello.supportedVersions = versions.map(ProtocolVersion.init) }
    hello.supportedGroups = groups.map(NamedGroup.init)
    hello.signatureSchemes = schemes.map(SignatureScheme.init)
    hello.keyShareGroups = Array(hello.supportedGroups.prefix(1))
    hello.serverName = name
    hello.applicationProtocols = protocols
    hello.messageLength = length
    return hello
  }
}

extension ServerHello {
  static func answer(
    version: UInt16 = 0x0304, suite: UInt16 = 0x1301, group: UInt16? = 0x001d, retries: Bool = false,
    extensions: [ExtensionType] = []
  ) -> ServerHello {
    var hello = ServerHello(
      legacyVersion: ProtocolVersion(rawValue: min(version, 0x0303)), random: [], legacySessionID: [],
      cipherSuite: CipherSuite(rawValue: suite), compressionMethod: 0,
      extensions: extensions.map { HelloExtension(type: $0, body: []) })
    if version == 0x0304 { hello.selectedVersion = .tls13 }
    hello.selectedGroup = version == 0x0304 ? group.map(NamedGroup.init) : nil
    hello.isHelloRetryRequest = retries
    return hello
  }
}

extension [Mechanism] {
  /// What the mechanisms say of a story, in the list's order.
  func claims(_ inquiry: Inquiry) -> [(id: MechanismID, claim: Claim)] {
    let story = inquiry.failingStory
    return compactMap { mechanism in
      mechanism.reaction(mechanism.state?(story), inquiry).map { (mechanism.id, $0) }
    }
  }

  /// The codes that they name, with grades.
  func said(_ inquiry: Inquiry) -> [CauseCode: Grade] {
    Dictionary(claims(inquiry).map { ($0.id.code, $0.claim.grade) }, uniquingKeysWith: { Swift.max($0, $1) })
  }
}

/// Mechanisms of which at most one speaks of a story.
extension [Mechanism] {
  static let pathMTU = [Mechanism.tcpPathMTUToServer, .tcpPathMTUToClient]
  static let closedOnAccept = [Mechanism.tcpClosedOnAcceptBehindPlaintext, .tcpClosedOnAccept]
  static let silentServer = [Mechanism.tcpServerSilentStalled, .tcpServerSilent]
  static let ignoredFinished = [Mechanism.tlsDecryptSharedKey, .tlsDecryptIgnoredFinished]
}
