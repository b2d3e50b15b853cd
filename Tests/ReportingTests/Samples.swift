import Diagnosis
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol

/// Hand-built stories for the renderers' tests.
enum Samples {
  /// 2026-11-24 03:37:00 UTC, plus microseconds.
  static func time(_ microseconds: Int64) -> Timestamp {
    Timestamp(nanoseconds: 1_795_491_420_000_000_000 + microseconds * 1000)
  }

  static func note(_ frame: Int, _ microseconds: Int64) -> FrameNote {
    FrameNote(frame: frame, time: time(microseconds))
  }

  static let loopback4 = IPAddress(ipv4: 0x7f00_0001)
  static let loopback6 = IPAddress(ipv6High: 0, low: 1)

  static func connection(
    index: Int = 1, from clientPort: UInt16 = 51_874, over address: IPAddress = loopback4, lastFrame: Int,
    duration: Int64, outcome: Outcome
  ) -> Connection {
    var connection = Connection(
      index: index, transport: .tcp, client: Endpoint(address: address, port: clientPort),
      server: Endpoint(address: address, port: 8443), roleBasis: .syn, firstFrame: 1, started: time(0))
    connection.lastFrame = lastFrame
    connection.ended = time(duration)
    connection.outcome = outcome
    return connection
  }

  static func clientHello(versions: [UInt16], suites: [UInt16], serverName: String? = "localhost") -> ClientHello {
    var hello = ClientHello(
      legacyVersion: ProtocolVersion(rawValue: 0x0303), random: [UInt8](repeating: 0x5a, count: 32),
      legacySessionID: [UInt8](repeating: 0x11, count: 32), cipherSuites: suites.map(CipherSuite.init),
      compressionMethods: [0],
      extensions: [
        HelloExtension(type: ExtensionType(rawValue: 0), body: [0, 12, 0, 0, 9] + Array("localhost".utf8)),
        HelloExtension(type: ExtensionType(rawValue: 10), body: [0, 4, 0, 29, 0, 23]),
        HelloExtension(type: ExtensionType(rawValue: 43), body: [2, 3, 4]),
      ])
    hello.serverName = serverName
    hello.supportedVersions = versions.map(ProtocolVersion.init)
    hello.supportedGroups = [29, 23, 24, 25].map(NamedGroup.init)
    hello.ecPointFormats = [0]
    hello.signatureSchemes = [0x0403, 0x0804, 0x0401].map(SignatureScheme.init)
    hello.keyShareGroups = [NamedGroup(rawValue: 29)]
    hello.applicationProtocols = ["h2", "http/1.1"]
    hello.messageLength = 517
    return hello
  }

  static func serverHello(version: UInt16 = 0x0304, suite: UInt16 = 0x1302) -> ServerHello {
    var hello = ServerHello(
      legacyVersion: ProtocolVersion(rawValue: 0x0303), random: [UInt8](repeating: 0xa5, count: 32),
      legacySessionID: [UInt8](repeating: 0x11, count: 32), cipherSuite: CipherSuite(rawValue: suite),
      compressionMethod: 0,
      // The unassigned one keeps the hello from looking like any known server's.
      extensions: [
        HelloExtension(type: ExtensionType(rawValue: 43), body: [3, 4]),
        HelloExtension(type: ExtensionType(rawValue: 0xff55), body: []),
      ])
    hello.selectedVersion = version == 0x0304 ? ProtocolVersion(rawValue: version) : nil
    hello.selectedGroup = NamedGroup(rawValue: 29)
    hello.messageLength = 122
    return hello
  }

  static func message(_ frame: Int, _ microseconds: Int64, _ sender: Role, _ type: UInt8, length: Int) -> MessageNote {
    MessageNote(
      frame: frame, time: time(microseconds), sender: sender, type: HandshakeType(rawValue: type), length: length,
      isDecrypted: false)
  }

  static func encrypted(_ frame: Int, _ microseconds: Int64, _ sender: Role, length: Int) -> ObservedRecord {
    ObservedRecord(
      frame: frame, time: time(microseconds), sender: sender,
      record: RecordNote(
        contentType: ContentType(rawValue: 23), version: ProtocolVersion(rawValue: 0x0303), length: length,
        isEncrypted: true))
  }

  /// TLS 1.3, all well.
  static var established: Connection {
    var connection = connection(lastFrame: 14, duration: 9_120, outcome: .established)
    connection.network.syns = [note(1, 0)]
    connection.network.synAck = note(2, 21)
    connection.network.established = note(3, 30)
    connection.network.clientFin = note(13, 9_100)
    connection.network.serverFin = note(14, 9_120)
    connection.network.client.segments = 7
    connection.network.client.dataSegments = 3
    connection.network.client.payloadBytes = 814
    connection.network.server.segments = 7
    connection.network.server.payloadBytes = 2_900
    connection.transcript.isTLS = true
    connection.transcript.clientHellos = [
      Observed(
        clientHello(versions: [0x0304, 0x0303], suites: [0x1302, 0x1301, 0xc02c, 0xc030]), frame: 4, time: time(410))
    ]
    connection.transcript.serverHellos = [Observed(serverHello(), frame: 6, time: time(1_204))]
    connection.transcript.messages = [
      message(4, 410, .client, 1, length: 517), message(6, 1_204, .server, 2, length: 122),
    ]
    connection.transcript.records = [
      encrypted(6, 1_204, .server, length: 1_243), encrypted(6, 1_204, .server, length: 69),
      encrypted(8, 2_010, .client, length: 69), encrypted(9, 2_150, .client, length: 120),
      encrypted(10, 8_900, .server, length: 311),
    ]
    return connection
  }

  /// TLS 1.2 offered to a server that refuses it.
  static var refusedVersion: Connection {
    var connection = connection(from: 51_880, lastFrame: 8, duration: 1_300, outcome: .failed)
    connection.network.syns = [note(1, 0)]
    connection.network.synAck = note(2, 19)
    connection.network.established = note(3, 28)
    connection.network.serverFin = note(7, 1_010)
    connection.network.client.segments = 5
    connection.network.client.payloadBytes = 231
    connection.network.server.segments = 3
    connection.network.server.payloadBytes = 7
    connection.transcript.isTLS = true
    var hello = clientHello(versions: [], suites: [0xc02c, 0xc02b, 0xc030, 0x00ff])
    hello.applicationProtocols = []
    hello.keyShareGroups = []
    connection.transcript.clientHellos = [Observed(hello, frame: 4, time: time(380))]
    connection.transcript.messages = [message(4, 380, .client, 1, length: 226)]
    connection.transcript.alerts = [
      AlertNote(
        frame: 6, time: time(905), sender: .server,
        alert: Alert(level: AlertLevel(rawValue: 2), description: AlertDescription(rawValue: 70)), isEncrypted: false,
        recordLength: 2)
    ]
    return connection
  }

  /// A SYN to ::1 answered by RST.
  static var refusedOverIPv6: Connection {
    var connection = connection(from: 40_022, over: loopback6, lastFrame: 2, duration: 12, outcome: .failed)
    connection.network.syns = [note(1, 0)]
    connection.network.resets = [
      Reset(
        frame: 2, time: time(12), sender: .server, hopLimit: 64, identification: nil, hasAck: true, window: 0,
        sequenceOffset: nil)
    ]
    connection.network.client.segments = 1
    connection.network.server.segments = 1
    return connection
  }

  static func certificate() -> Certificate { Certificate(der: [0x30, 0x00]) }

  static var versionCause: Cause {
    Cause(
      .tlsVersion, "The server speaks TLS 1.3 only, but the client offers TLS 1.2 at most", confidence: .certain,
      evidence: [
        Evidence(.failing, frames: [4], "ClientHello offers TLS 1.2 at most: it has no supported_versions extension"),
        Evidence(.failing, frames: [6], "the server answers with a fatal alert, protocol_version (70)"),
        Evidence(.working, frames: [4, 6], "the same server agrees on TLS 1.3 with the working client"),
      ],
      remedies: [
        Remedy(
          for: "Java client", "allow TLS 1.3, which Java 11 and later speak by default",
          command: "java -Djdk.tls.client.protocols=TLSv1.3,TLSv1.2 -Dhttps.protocols=TLSv1.3,TLSv1.2 -jar app.jar"),
        Remedy(
          for: "rustls server", "enable the tls12 feature and list both versions",
          command: "with_protocol_versions(&[&TLS13, &TLS12])"),
        Remedy(
          for: "rustls server", "granian: lower the minimum version", command: "granian --ssl-protocol-min tls1.2"),
      ],
      nextSteps: [
        NextStep("this should fail in the same way:", command: "openssl s_client -connect 127.0.0.1:8443 -tls1_2"),
        NextStep("and this should pass:", command: "openssl s_client -connect 127.0.0.1:8443 -tls1_3"),
      ])
  }

  static var otherCause: Cause {
    Cause(
      .tlsCipherSuite, "No cipher suite in common", confidence: .possible,
      evidence: [Evidence(.failing, frames: [4, 6], "only TLS 1.2 suites are offered")])
  }

  static var comparison: Comparison {
    Comparison(
      working: Attempt(connections: [established], lookups: []),
      failing: Attempt(connections: [refusedVersion], lookups: []), causes: [versionCause, otherCause],
      divergence: Divergence(
        stage: .serverHello, summary: "where the working client gets a ServerHello, the failing one gets an alert",
        workingFrames: [6], failingFrames: [6]),
      differences: [
        Difference(
          field: "client_hello.supported_versions", stage: .clientHello, working: "TLS 1.3, TLS 1.2", failing: "",
          relevance: .decisive, note: "the server chose TLS 1.3 where it could"),
        Difference(
          field: "client_hello.cipher_suites", stage: .clientHello,
          working: "TLS_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256", failing: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          relevance: .related, note: "TLS 1.3 has suites of its own"),
        Difference(
          field: "client_hello.session_id", stage: .clientHello, working: "32 bytes", failing: "32 bytes",
          relevance: .benign, note: "random"),
        Difference(
          field: "client_hello.alpn", stage: .clientHello, working: "h2, http/1.1", failing: "", relevance: .benign),
      ],
      notes: ["bad.pcap holds 3 other connections, which go elsewhere"])
  }

  static func story(_ name: String, _ connections: [Connection]) -> CaptureStory {
    var story = CaptureStory(name: name)
    story.connections = connections
    story.statistics.frames = 1_204
    story.statistics.bytes = 1_234_567
    story.statistics.tcpConnections = connections.count
    story.statistics.established = connections.count { $0.outcome == .established }
    story.statistics.failed = connections.count { $0.outcome == .failed }
    story.statistics.incomplete = connections.count { $0.outcome == .incomplete }
    story.statistics.firstTime = time(0)
    story.statistics.lastTime = time(12_400_000)
    return story
  }

  static var working: CaptureStory { story("good.pcap", [established]) }
  static var failing: CaptureStory { story("bad.pcap", [refusedVersion]) }
}

// MARK: Stories that put a renderer to the test

extension Samples {
  /// Bytes that a terminal, a browser, a shell or a forge might act on.
  static let hostileNames = [
    "\u{1b}[2J\u{1b}]0;owned\u{7}", "</script><script>alert(1)</script>", "a|b`c`*d*", "nul\0nul", "\u{202e}gro.live",
    "two\nlines\r\n# three", "\u{9b}31m", "<img src=x onerror=alert(1)>", "\u{2028}", "\u{e0041}", "@everyone",
    "```\n# escape\n```", "\"quoted\" & 'single'", "日本語テキスト",
  ]

  /// A failing connection in which everything that a peer can choose is hostile.
  static func hostileConnection(_ name: String) -> Connection {
    var connection = refusedVersion
    var hello = clientHello(versions: [0x0a0a, 0x0304], suites: [0x1301], serverName: name)
    hello.applicationProtocols = [name]
    hello.malformedExtensions = []
    connection.transcript.clientHellos = [Observed(hello, frame: 4, time: time(380))]
    connection.transcript.plaintext = [
      PlaintextNote(frame: 5, time: time(500), sender: .server, kind: .httpResponse, excerpt: name)
    ]
    connection.transcript.malformed = [MalformedNote(frame: 6, sender: .server, text: name)]
    return connection
  }

  static func hostileCause(_ name: String) -> Cause {
    var remedy = Remedy(for: name, name)
    var step = NextStep(name)
    (remedy.command, step.command) = (name, name)
    return Cause(
      .tlsSNIUnrecognized, "The server does not know \(name)", confidence: .likely,
      evidence: [Evidence(.failing, frames: [4], "SNI \(name)"), Evidence(.working, frames: [4], name)],
      remedies: [remedy], nextSteps: [step])
  }

  static func hostileComparison(_ name: String) -> Comparison {
    var lookup = NameLookup(
      name: name, type: 1, client: loopback4, resolver: loopback4, queries: [note(1, 0)])
    lookup.response = note(2, 100)
    lookup.responseCode = 3
    return Comparison(
      working: Attempt(connections: [established], lookups: []),
      failing: Attempt(connections: [hostileConnection(name)], lookups: [lookup]),
      causes: [hostileCause(name), hostileCause(name)],
      divergence: Divergence(stage: .clientHello, summary: name, workingFrames: [4], failingFrames: [4]),
      differences: [
        Difference(field: name, stage: .clientHello, working: name, failing: name, relevance: .decisive, note: name),
        Difference(field: name, stage: .clientHello, working: name, failing: name, relevance: .benign, note: name),
      ], notes: [name])
  }

  /// The name did not resolve: the failing capture holds no connection.
  static var unresolved: Comparison {
    var lookup = NameLookup(
      name: "bad.lab", type: 1, client: loopback4, resolver: loopback4, queries: [note(1, 0), note(3, 5_000_000)])
    lookup.response = note(4, 5_000_400)
    lookup.responseCode = 3
    return Comparison(
      working: Attempt(connections: [established], lookups: []), failing: Attempt(connections: [], lookups: [lookup]),
      causes: [
        Cause(
          .dnsNoAnswer, "The name bad.lab does not exist", confidence: .certain,
          evidence: [Evidence(.failing, frames: [1, 3, 4], "the resolver answers NXDOMAIN")])
      ],
      divergence: Divergence(
        stage: .resolution, summary: "the name does not resolve", workingFrames: [], failingFrames: [4]),
      differences: [])
  }

  /// The founding case: the failing client went to ::1, where nothing listens.
  static var wrongFamily: Comparison {
    Comparison(
      working: Attempt(connections: [established], lookups: []),
      failing: Attempt(connections: [refusedOverIPv6], lookups: []),
      causes: [
        Cause(
          .tcpAddressFamily,
          "The failing client went to [::1]:8443, where nothing listens; the working one reached 127.0.0.1:8443",
          confidence: .certain,
          evidence: [
            Evidence(.failing, frames: [1, 2], "the SYN to [::1]:8443 is answered by RST"),
            Evidence(.working, frames: [1, 2, 3], "127.0.0.1:8443 accepts the connection"),
          ],
          remedies: [Remedy(for: "server", "listen on both families", command: "granian --host ::")])
      ],
      divergence: Divergence(
        stage: .address, summary: "127.0.0.1 against ::1", workingFrames: [2], failingFrames: [2]),
      differences: [
        Difference(
          field: "server.address", stage: .address, working: "127.0.0.1", failing: "::1", relevance: .decisive)
      ])
  }

  /// Two captures in which nothing failed.
  static var nothingFailed: Comparison {
    Comparison(
      working: Attempt(connections: [established], lookups: []),
      failing: Attempt(connections: [established], lookups: []),
      causes: [
        Cause(
          .none, "Both handshakes completed: look above TLS", confidence: .certain,
          evidence: [Evidence(.failing, frames: [10], "application data flows")])
      ],
      divergence: nil, differences: [])
  }
}
