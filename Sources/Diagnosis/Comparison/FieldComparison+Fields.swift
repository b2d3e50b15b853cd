import HandshakeModel
import NetworkValues
import TLSProtocol

extension FieldComparison.Field {
  /// Every field, bottom-up.
  static let all: [Self] = network + hello + helloExtensions + answer

  private static func hello(_ connection: Connection) -> ClientHello? { connection.transcript.clientHellos.last?.value }

  private static func field(
    _ name: String, _ stage: Stage, decides: [CauseCode] = [], harmless: String = "",
    _ read: @escaping @Sendable (Connection) -> String?
  ) -> Self {
    Self(name: name, stage: stage, decides: decides, harmless: harmless, read: read)
  }

  /// Whether a stage was reached.
  private static func presence(
    _ name: String, _ stage: Stage, decides: [CauseCode] = [], _ frame: @escaping @Sendable (Connection) -> Int?
  ) -> Self {
    Self(name: name, stage: stage, decides: decides, harmless: "", isPresence: true) {
      frame($0) == nil ? "absent" : "present"
    }
  }

  private static var network: [Self] {
    [
      field("server.address_family", .address, decides: [.tcpAddressFamily]) {
        $0.server.address.isIPv4 ? "IPv4" : "IPv6"
      },
      field("server.address", .address, decides: [.tcpAddressFamily, .tcpRefused, .tcpTimeout, .tcpUnreachable]) {
        $0.server.address.description
      },
      field("server.port", .address, decides: [.tcpRefused, .tcpTimeout]) { "\($0.server.port)" },
      field("tcp.connected", .tcp, decides: [.tcpRefused, .tcpTimeout, .tcpUnreachable]) {
        $0.network.isConnected || $0.network.isStartMissing ? "yes" : "no"
      },
      field("tcp.server_bytes", .tcp, decides: [.tcpClosedOnAccept, .tcpServerSilent]) {
        $0.network.server.payloadBytes > 0 ? "some" : "none"
      },
      field("tcp.retransmissions", .tcp, decides: [.tcpPathMTU], harmless: "") {
        $0.network.client.retransmissionCount + $0.network.server.retransmissionCount > 0 ? "some" : "none"
      },
      field("tcp.reset", .tcp, decides: [.tcpResetInjected]) { connection in
        connection.network.resets.first.map { "by the \($0.sender.rawValue)" } ?? "none"
      },
      field("first_bytes.client", .firstBytes, decides: [.appPlaintextClient, .appStartTLS, .appProxyProtocol]) {
        connection in
        connection.transcript.plaintext.first { $0.sender == .client }.map { $0.kind.rawValue }
          ?? (connection.transcript.isTLS ? "TLS" : nil)
      },
      field("first_bytes.server", .firstBytes, decides: [.appPlaintextServer, .appStartTLS]) { connection in
        connection.transcript.plaintext.first { $0.sender == .server }.map { $0.kind.rawValue }
          ?? (connection.transcript.serverTLSOffset != nil ? "TLS" : nil)
      },
    ]
  }

  private static var hello: [Self] {
    [
      presence("client_hello", .clientHello, decides: [.appPlaintextClient]) {
        $0.transcript.clientHellos.first?.frame
      },
      field("client_hello.legacy_version", .clientHello, decides: [.tlsVersion]) {
        hello($0)?.legacyVersion.displayName
      },
      field("client_hello.supported_versions", .clientHello, decides: [.tlsVersion, .tlsFallback]) { connection in
        hello(connection).map { Escaped.versions(Offer(hello: $0).versions) }
      },
      field("client_hello.cipher_suites", .clientHello, decides: [.tlsCipherSuite]) { connection in
        hello(connection).map { Escaped.list(Offer(hello: $0).suites.sorted { $0.rawValue < $1.rawValue }, limit: 80) }
      },
      field(
        "client_hello.cipher_suite_order", .clientHello,
        harmless: "the order of suites is a preference; it refuses nothing"
      ) { connection in
        hello(connection).map { Offer(hello: $0).suites.prefix(3).map(\.name).joined(separator: ", ") }
      },
      field("client_hello.fallback_scsv", .clientHello, decides: [.tlsFallback]) { connection in
        hello(connection).map { $0.cipherSuites.contains { $0.rawValue == 0x5600 } ? "present" : "absent" }
      },
      field(
        "client_hello.server_name", .clientHello, decides: [.tlsSNIMissing, .tlsSNIUnrecognized, .certNameMismatch]
      ) { connection in
        hello(connection)?.serverName.map { Escaped.text($0) }
      },
      field("client_hello.supported_groups", .clientHello, decides: [.tlsGroup]) { connection in
        hello(connection).map { Escaped.list(Offer(hello: $0).groups, limit: 40) }
      },
      field(
        "client_hello.key_share_groups", .clientHello,
        harmless: "a server that wants another share asks for it with a HelloRetryRequest"
      ) { connection in hello(connection).map { Escaped.list($0.keyShareGroups) } },
      field("client_hello.signature_schemes", .clientHello, decides: [.tlsSignatureScheme]) { connection in
        hello(connection).map { Escaped.list(Offer(hello: $0).schemes, limit: 40) }
      },
    ]
  }

  /// What else the hello asks for, and how it is put.
  private static var helloExtensions: [Self] {
    [
      field("client_hello.alpn", .clientHello, decides: [.tlsALPN]) { connection in
        hello(connection).map { Escaped.list($0.applicationProtocols) }
      },
      field("client_hello.extensions", .clientHello, decides: [.tlsExtension]) { connection in
        hello(connection).map {
          Escaped.list(
            $0.extensionTypes.filter { !$0.isGREASE }.sorted { $0.rawValue < $1.rawValue }, limit: 60)
        }
      },
      field("client_hello.pre_shared_key", .clientHello, decides: [.tlsResumption]) { connection in
        hello(connection).map { $0.preSharedKeyIdentities.isEmpty ? "absent" : "present" }
      },
      field("client_hello.session_ticket", .clientHello, decides: [.tlsResumption], harmless: "") { connection in
        hello(connection).map { ($0.sessionTicketLength ?? 0) > 0 ? "present" : "absent" }
      },
      field("client_hello.length", .clientHello, decides: [.tlsIntolerance, .tcpPathMTU], harmless: "") { connection in
        hello(connection).map { "\($0.messageLength) bytes" }
      },
      field(
        "client_hello.grease", .clientHello, decides: [.tlsIntolerance],
        harmless: "GREASE values are there to be ignored (RFC 8701)"
      ) {
        connection in hello(connection).map { $0.cipherSuites.contains { $0.isGREASE } ? "present" : "absent" }
      },
      field(
        "client_hello.session_id", .clientHello,
        harmless: "a session id is made up anew each time, or for middleboxes only"
      ) { connection in
        hello(connection).map { "\($0.legacySessionID.count) bytes" }
      },
      field("client_hello.ec_point_formats", .clientHello, harmless: "every server accepts uncompressed points") {
        connection in
        hello(connection).map { $0.ecPointFormats.isEmpty ? "absent" : "\($0.ecPointFormats.count) formats" }
      },
    ]
  }

  private static var answer: [Self] {
    [
      presence("server_hello", .serverHello, decides: [.tcpServerSilent, .tcpClosedOnAccept]) {
        $0.transcript.serverHellos.first?.frame
      },
      field("server_hello.version", .serverHello, decides: [.tlsVersion]) { $0.serverHello?.value.version.displayName },
      field("server_hello.cipher_suite", .serverHello) { $0.serverHello?.value.cipherSuite.name },
      field("server_hello.selected_group", .serverHello, decides: [.tlsGroup]) { connection in
        (connection.serverHello?.value.selectedGroup ?? connection.transcript.serverKeyExchange?.value.group)?.name
      },
      field("server_hello.retry", .serverHello, decides: [.tlsGroup], harmless: "") { connection in
        connection.serverHello == nil && connection.helloRetryRequest == nil
          ? nil : connection.helloRetryRequest == nil ? "no" : "yes"
      },
      presence("certificate", .certificate) { $0.transcript.serverCertificates?.frame },
      field("certificate.leaf", .certificate, decides: [.certWrongCertificate, .tlsSNIMissing]) { connection in
        connection.transcript.serverCertificates?.value.first.map {
          Escaped.text($0.facts.subject) + " #" + Escaped.text($0.facts.serialNumber)
        }
      },
      field("certificate.chain_length", .certificate, decides: [.certIncompleteChain]) { connection in
        connection.transcript.serverCertificates.map { "\($0.value.count)" }
      },
      field("client_certificate", .keyExchange, decides: [.certClientRequired, .certClientRejected]) { connection in
        if let chain = connection.transcript.clientCertificates {
          return chain.value.first.map { Escaped.text($0.facts.subject) } ?? "empty"
        }
        guard connection.isTLS13, connection.clientFinishedRecord != nil else { return nil }
        return ClientFlight(connection, before: .max).hasCertificate ? "sent, encrypted" : "none"
      },
      field("outcome", .finished) { $0.outcome.rawValue },
    ]
  }
}
