import Diagnosis
import HandshakeModel
import NetworkValues
import TLSProtocol

extension JSONReport {
  mutating func write(
    _ connection: Connection, causes: [Cause], capture: String?, to writer: inout JSONWriter,
    more: (inout JSONWriter) -> Void = { _ in }
  ) {
    writer.beginObject()
    if capture == nil, connection.isUsual {
      writer.usualHead(of: connection)
    } else {
      writer.head(of: connection, capture: capture)
    }
    writer.time("started", nanoseconds: connection.started.nanoseconds)
    writer.seconds("duration_seconds", nanoseconds: connection.ended.nanoseconds &- connection.started.nanoseconds)
    writer.member("outcome", connection.outcome.rawValue)
    if connection.outcome == .incomplete, let reason = connection.incompleteReason {
      writer.member("incomplete_reason", reason.rawValue)
    } else {
      writer.nullMember("incomplete_reason")
    }
    if let negotiated = Negotiated(connection.transcript) {
      writer.fragment(negotiatedFragments.fragment(for: negotiated) { $0.member(negotiated) })
    } else {
      writer.nullMember("negotiated")
    }
    writer.network(connection.network)
    writer.beginArray("client_hellos")
    for index in connection.transcript.clientHellos.indices {
      write(connection.transcript.clientHellos[index], over: connection.transport, to: &writer)
    }
    writer.endArray()
    writer.beginArray("server_hellos")
    for index in connection.transcript.serverHellos.indices {
      write(connection.transcript.serverHellos[index], to: &writer)
    }
    writer.endArray()
    if connection.transcript.saysNothingOfKeys {
      writer.fragment(Self.nothingOfKeys)
    } else {
      writeKeys(of: connection.transcript, to: &writer)
    }
    write(connection.transcript.messages, to: &writer)
    writer.rest(of: connection.transcript)
    if connection.showsNothingRare {
      writer.fragment(Self.nothingRare)
    } else {
      writer.rareMembers(of: connection)
    }
    write(causes, to: &writer)
    if connection.tcpStream != nil || connection.outcome != .established || causes.first?.code.isFailure == true {
      writer.member("display_filter", DisplayFilter.text(connection))
    }
    more(&writer)
    writer.endObject()
  }

  private mutating func write(_ messages: [MessageNote], to writer: inout JSONWriter) {
    writer.beginArray("messages")
    for message in messages {
      writer.fill(messageTemplates.template(for: message), [message.frame, message.length])
    }
    writer.endArray()
  }

  /// The certificates of both sides, and what else the handshake says of keys.
  private mutating func writeKeys(of transcript: Transcript, to writer: inout JSONWriter) {
    write("certificates", transcript.serverCertificates, isNullWhenAbsent: false, to: &writer)
    write("client_certificates", transcript.clientCertificates, isNullWhenAbsent: true, to: &writer)
    writer.keyMessages(of: transcript)
  }

  /// The members of ``writeKeys(of:to:)`` where there are none: TLS 1.3 says it all encrypted.
  private static let nothingOfKeys: [UInt8] = {
    var report = JSONReport()
    var writer = JSONWriter()
    report.writeKeys(of: Transcript(), to: &writer)
    return writer.bytes
  }()

  /// The members of ``JSONWriter/rareMembers(of:)`` where there are none.
  private static let nothingRare: [UInt8] = {
    var writer = JSONWriter()
    writer.rareMembers(of: .unknown)
    return writer.bytes
  }()
}

/// What of a message's JSON follows from its kind, written once: there are few kinds of messages.
struct MessageTemplates: Sendable {
  /// By sender, type, and whether it was decrypted; nil where none was written yet.
  private var known = [JSONTemplate<2>?](repeating: nil, count: 1024)

  mutating func template(for note: MessageNote) -> JSONTemplate<2> {
    let place = Int(note.type.rawValue) + (note.sender == .client ? 0 : 256) + (note.isDecrypted ? 512 : 0)
    if let template = known[place] { return template }
    var writer = JSONWriter()
    writer.member("direction", note.sender.rawValue)
    writer.member("type", note.type)
    let template = JSONTemplate<2>(
      [Array(#"{"frame":"#.utf8), Array(",".utf8) + writer.bytes + Array(#","length":"#.utf8)],
      Array(#","decrypted":\#(note.isDecrypted)}"#.utf8))
    known[place] = template
    return template
  }
}

extension JSONWriter {
  mutating func member(_ name: StaticString, _ endpoint: Endpoint) {
    object(name) { writer in
      writer.key("address")
      writer.address(endpoint.address)
      writer.member("port", endpoint.port)
    }
  }

  mutating func member(_ name: StaticString, _ endpoint: Endpoint?) {
    if let endpoint { member(name, endpoint) } else { nullMember(name) }
  }

  /// The first members of a connection; after ``Connection/isUsual``.
  fileprivate mutating func usualHead(of connection: borrowing Connection) {
    let (client, server) = (connection.client.address.low, connection.server.address.low)
    fill(
      Self.usualHead,
      [
        connection.index,
        Self.octet(client, 24), Self.octet(client, 16), Self.octet(client, 8), Self.octet(client, 0),
        Int(connection.client.port),
        Self.octet(server, 24), Self.octet(server, 16), Self.octet(server, 8), Self.octet(server, 0),
        Int(connection.server.port),
        connection.firstFrame, connection.lastFrame,
      ])
  }

  private static func octet(_ address: UInt64, _ shift: UInt64) -> Int { Int(address &>> shift & 0xff) }

  private static let usualHead = JSONTemplate<13>(
    """
    "schema":"tlswhy.connection/1","index":#,"transport":"tcp","client":{"address":"#.#.#.#","port":#},\
    "server":{"address":"#.#.#.#","port":#},"role_basis":"syn","frames":{"first":#,"last":#}
    """)

  /// The same of any connection.
  fileprivate mutating func head(of connection: borrowing Connection, capture: String?) {
    member("schema", JSONReport.connectionSchema)
    if let capture { member("capture", capture) }
    member("index", connection.index)
    member("transport", connection.transport.rawValue)
    member("client", connection.client)
    member("server", connection.server)
    member("role_basis", connection.roleBasis.rawValue)
    beginObject("frames")
    member("first", connection.firstFrame)
    member("last", connection.lastFrame)
    endObject()
  }

  fileprivate mutating func member(_ negotiated: Negotiated) {
    beginObject("negotiated")
    member("version", negotiated.version)
    member("cipher_suite", negotiated.cipherSuite)
    member("group", negotiated.group)
    member("alpn", negotiated.applicationProtocol)
    member("resumed", negotiated.isResumed)
    endObject()
  }

  /// What few connections have.
  fileprivate mutating func rareMembers(of connection: Connection) {
    member(
      "ocsp_staple", connection.transcript.stapledOCSPResponse,
      of: connection.transcript.serverCertificates?.value.first)
    member("features", RareFacts(connection))
    member("quic", connection.quic)
    member("dtls", connection.dtls)
  }

  fileprivate mutating func rest(of transcript: borrowing Transcript) {
    beginArray("alerts")
    for index in transcript.alerts.indices { alert(transcript.alerts[index]) }
    endArray()
    if transcript.plaintext.isEmpty, transcript.malformed.isEmpty, transcript.decryption == .none {
      fill(Self.usualRest, [transcript.clientRecordCount, transcript.serverRecordCount])
    } else {
      unusualRest(of: transcript)
    }
  }

  private static let usualRest = JSONTemplate<2>(
    #""plaintext":[],"malformed":[],"records":{"client":#,"server":#},"decryption":"none""#)

  private mutating func unusualRest(of transcript: borrowing Transcript) {
    beginArray("plaintext")
    for note in transcript.plaintext {
      object { writer in
        writer.member("frame", note.frame)
        writer.member("direction", note.sender.rawValue)
        writer.member("kind", note.kind.rawValue)
        writer.member("excerpt", note.excerpt)
      }
    }
    endArray()
    beginArray("malformed")
    for note in transcript.malformed {
      object { writer in
        writer.member("frame", note.frame)
        writer.member("direction", note.sender.rawValue)
        writer.member("text", note.text)
      }
    }
    endArray()
    beginObject("records")
    member("client", transcript.clientRecordCount)
    member("server", transcript.serverRecordCount)
    endObject()
    member("decryption", transcript.decryption.name)
  }

  /// What the handshake says of keys behind the hellos, besides certificates.
  fileprivate mutating func keyMessages(of transcript: Transcript) {
    object("encrypted_extensions", for: transcript.encryptedExtensions) { writer, observed in
      writer.member("frame", observed.frame)
      writer.member("alpn", observed.value.applicationProtocol)
      writer.list("extensions", observed.value.extensions.map(\.type))
      writer.omittedMember()
    }
    object("key_exchange", for: transcript.serverKeyExchange) { writer, observed in
      writer.member("frame", observed.frame)
      writer.member("group", observed.value.group)
      writer.member("signature_scheme", observed.value.signatureScheme)
      writer.member("prime_bits", observed.value.primeBits)
    }
    object("certificate_request", for: transcript.certificateRequest) { writer, observed in
      writer.member("frame", observed.frame)
      writer.list("certificate_types", observed.value.certificateTypes)
      writer.list("signature_schemes", observed.value.signatureSchemes)
      writer.member("authority_count", observed.value.authorities.count)
      writer.omittedMember()
    }
    object("certificate_verify") { writer in
      writer.verify("client", transcript.clientCertificateVerify)
      writer.verify("server", transcript.serverCertificateVerify)
    }
  }

  private mutating func verify(_ name: StaticString, _ observed: Observed<CertificateVerify>?) {
    object(name, for: observed) { writer, observed in
      writer.member("frame", observed.frame)
      writer.member("signature_scheme", observed.value.signatureScheme)
    }
  }

  private mutating func alert(_ note: AlertNote) {
    if note.alert == nil, note.isEncrypted {
      return fill(
        note.sender == .client ? Self.hiddenClientAlert : Self.hiddenServerAlert, [note.frame, note.recordLength])
    }
    object { writer in
      writer.member("frame", note.frame)
      writer.member("direction", note.sender.rawValue)
      writer.member("level", note.alert?.level)
      writer.member("description", note.alert?.description)
      writer.member("encrypted", note.isEncrypted)
      writer.member("record_length", note.recordLength)
    }
  }

  /// Alerts that no key opened: a close_notify ends most connections.
  private static let hiddenClientAlert = hiddenAlert(from: .client)
  private static let hiddenServerAlert = hiddenAlert(from: .server)

  private static func hiddenAlert(from sender: Role) -> JSONTemplate<2> {
    JSONTemplate(
      [
        Array(#"{"frame":"#.utf8),
        Array(
          #","direction":"\#(sender.rawValue)","level":null,"description":null,"encrypted":true,"record_length":"#.utf8),
      ], Array("}".utf8))
  }
}

extension Decryption {
  /// The name that JSON uses.
  var name: String {
    switch self {
    case .none: "none"
    case .noSecrets: "no_secrets"
    case .failed: "failed"
    case .succeeded: "succeeded"
    }
  }
}

extension Transcript {
  fileprivate var saysNothingOfKeys: Bool {
    serverCertificates == nil && clientCertificates == nil && encryptedExtensions == nil && serverKeyExchange == nil
      && certificateRequest == nil && clientCertificateVerify == nil && serverCertificateVerify == nil
  }
}

extension Connection {
  /// Over TCP and IPv4, its client known by a SYN.
  fileprivate var isUsual: Bool {
    transport == .tcp && roleBasis == .syn && client.address.isIPv4 && server.address.isIPv4
  }

  fileprivate var showsNothingRare: Bool {
    transport == .tcp && transcript.stapledOCSPResponse == nil && !RareFacts.mayHaveAny(self)
  }
}
