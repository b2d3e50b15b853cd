import Diagnosis
import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension JSONReport {
  mutating func write(
    _ connection: Connection, causes: [Cause], capture: String?, to writer: inout JSONWriter,
    more: (inout JSONWriter) -> Void = { _ in }
  ) {
    writer.beginObject()
    writer.member("schema", Self.connectionSchema)
    if let capture { writer.member("capture", capture) }
    writer.member("index", connection.index)
    writer.member("transport", connection.transport.rawValue)
    writer.member("client", connection.client)
    writer.member("server", connection.server)
    writer.member("role_basis", connection.roleBasis.rawValue)
    // Without a closure: one that holds the connection would copy all of it.
    writer.beginObject("frames")
    writer.members([
      JSONWriter.Number("first", connection.firstFrame), JSONWriter.Number("last", connection.lastFrame),
    ])
    writer.endObject()
    writer.key("started")
    writer.time(nanoseconds: connection.started.nanoseconds)
    writer.key("duration_seconds")
    writer.seconds(nanoseconds: connection.ended.nanoseconds &- connection.started.nanoseconds)
    writer.member("outcome", connection.outcome.rawValue)
    writer.object("negotiated", for: Negotiated(connection.transcript)) { writer, negotiated in
      writer.member("version", negotiated.version)
      writer.member("cipher_suite", negotiated.cipherSuite)
      writer.member("group", negotiated.group)
      writer.member("alpn", negotiated.applicationProtocol)
      writer.member("resumed", negotiated.isResumed)
    }
    writer.member("network", connection.network)
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
    more(&writer)
    writer.endObject()
  }

  private mutating func write(_ messages: [MessageNote], to writer: inout JSONWriter) {
    writer.beginArray("messages")
    for message in messages {
      writer.message(message, messageFragments.fragment(sender: message.sender, type: message.type))
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
struct MessageFragments: Sendable {
  /// By type, the client's before the server's; empty where none was written yet.
  private var known = [[UInt8]](repeating: [], count: 512)

  mutating func fragment(sender: Role, type: HandshakeType) -> [UInt8] {
    let place = Int(type.rawValue) + (sender == .client ? 0 : 256)
    if !known[place].isEmpty { return known[place] }
    var writer = JSONWriter()
    writer.member("direction", sender.rawValue)
    writer.member("type", type)
    known[place] = writer.bytes
    return writer.bytes
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

  fileprivate mutating func message(_ note: MessageNote, _ kind: [UInt8]) {
    beginObject()
    member("frame", note.frame)
    fragment(kind)
    member("length", note.length)
    member("decrypted", note.isDecrypted)
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

  fileprivate mutating func rest(of transcript: Transcript) {
    array("alerts") { writer in for alert in transcript.alerts { writer.alert(alert) } }
    array("plaintext") { writer in
      for note in transcript.plaintext {
        writer.object { writer in
          writer.member("frame", note.frame)
          writer.member("direction", note.sender.rawValue)
          writer.member("kind", note.kind.rawValue)
          writer.member("excerpt", note.excerpt)
        }
      }
    }
    array("malformed") { writer in
      for note in transcript.malformed {
        writer.object { writer in
          writer.member("frame", note.frame)
          writer.member("direction", note.sender.rawValue)
          writer.member("text", note.text)
        }
      }
    }
    beginObject("records")
    members([Number("client", transcript.clientRecordCount), Number("server", transcript.serverRecordCount)])
    endObject()
    member("decryption", transcript.decryption.name)
  }

  /// What the handshake says of keys behind the hellos, besides certificates.
  fileprivate mutating func keyMessages(of transcript: Transcript) {
    object("encrypted_extensions", for: transcript.encryptedExtensions) { writer, observed in
      writer.member("frame", observed.frame)
      writer.member("alpn", observed.value.applicationProtocol)
      writer.array("extensions") { writer in
        for helloExtension in observed.value.extensions { writer.codePoint(helloExtension.type) }
      }
    }
    object("key_exchange", for: transcript.serverKeyExchange) { writer, observed in
      writer.member("frame", observed.frame)
      writer.member("group", observed.value.group)
      writer.member("signature_scheme", observed.value.signatureScheme)
      writer.member("prime_bits", observed.value.primeBits)
    }
    object("certificate_request", for: transcript.certificateRequest) { writer, observed in
      writer.member("frame", observed.frame)
      writer.array("certificate_types") { writer in
        for type in observed.value.certificateTypes { writer.integer(type) }
      }
      writer.member("signature_schemes", observed.value.signatureSchemes)
      writer.member("authority_count", observed.value.authorities.count)
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
    object { writer in
      writer.member("frame", note.frame)
      writer.member("direction", note.sender.rawValue)
      writer.member("level", note.alert?.level)
      writer.member("description", note.alert?.description)
      writer.member("encrypted", note.isEncrypted)
      writer.member("record_length", note.recordLength)
    }
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
  fileprivate var showsNothingRare: Bool {
    transport == .tcp && transcript.stapledOCSPResponse == nil && !RareFacts.mayHaveAny(self)
  }
}
