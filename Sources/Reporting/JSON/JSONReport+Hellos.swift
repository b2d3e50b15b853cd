import Diagnosis
import HandshakeModel
import TLSProtocol

extension JSONReport {
  mutating func write(
    _ observed: Observed<ClientHello>, over transport: ConnectionTransport, to writer: inout JSONWriter
  ) {
    writer.fill(Self.helloStart, [observed.frame])
    writer.member("server_name", observed.value.serverName)
    writer.hexadecimal("random", observed.value.random)
    writer.hexadecimal("session_id", observed.value.legacySessionID)
    writer.fill(
      Self.lengths,
      [
        observed.value.sessionTicketLength, observed.value.preSharedKeyIdentities.count, observed.value.messageLength,
      ])
    let key = ClientHelloKey(observed.value, over: transport)
    writer.fragment(
      clientHelloFragments.fragment(for: key) { $0.recurringMembers(of: observed.value, over: transport) })
    writer.endObject()
  }

  mutating func write(_ observed: Observed<ServerHello>, to writer: inout JSONWriter) {
    writer.fill(Self.helloStart, [observed.frame])
    writer.hexadecimal("random", observed.value.random)
    writer.hexadecimal("session_id", observed.value.legacySessionID)
    writer.member("message_length", observed.value.messageLength)
    let key = HelloShapeIdentity(observed.value.shape)
    writer.fragment(serverHelloFragments.fragment(for: key) { $0.recurringMembers(of: observed.value) })
    writer.endObject()
  }

  private static let helloStart = JSONTemplate<1>(#"{"frame":#"#)
  private static let lengths = JSONTemplate<3>(
    #""session_ticket_length":#,"pre_shared_key_count":#,"message_length":#"#)
}

extension JSONWriter {
  /// The members of a ClientHello that a client repeats from one connection to the next.
  mutating func recurringMembers(of hello: ClientHello, over transport: ConnectionTransport) {
    member("legacy_version", hello.legacyVersion)
    member("supported_versions", hello.supportedVersions)
    member("cipher_suites", hello.cipherSuites)
    array("compression_methods") { writer in for method in hello.compressionMethods { writer.integer(method) } }
    array("extensions") { writer in for item in hello.extensions { writer.codePoint(item.type) } }
    member("alpn", hello.applicationProtocols)
    member("supported_groups", hello.supportedGroups)
    array("ec_point_formats") { writer in for format in hello.ecPointFormats { writer.integer(format) } }
    member("signature_schemes", hello.signatureSchemes)
    member("certificate_signature_schemes", hello.certificateSignatureSchemes)
    member("key_share_groups", hello.keyShareGroups)
    member("psk_key_exchange_modes", hello.pskKeyExchangeModes)
    member("certificate_compression_algorithms", hello.certificateCompressionAlgorithms)
    member("record_size_limit", hello.recordSizeLimit)
    member("encrypted_client_hello", hello.hasOuterEncryptedClientHello)
    member("sslv2_format", hello.isSSLv2Format)
    malformed(hello.malformedExtensions)
    member("ja3", hello.ja3)
    member("ja3_hash", hello.ja3Hash)
    member("ja4", hello.fingerprint(over: transport))
    object("stack", for: Stack.client(hello)) { writer, guess in
      writer.member("name", guess.stack.name)
      writer.member("confidence", guess.confidence.rawValue)
    }
  }

  /// The members of a ServerHello that a server repeats.
  mutating func recurringMembers(of hello: ServerHello) {
    member("legacy_version", hello.legacyVersion)
    member("version", hello.version)
    member("cipher_suite", hello.cipherSuite)
    array("extensions") { writer in for item in hello.extensions { writer.codePoint(item.type) } }
    member("selected_group", hello.selectedGroup)
    member("hello_retry_request", hello.isHelloRetryRequest)
    member("alpn", hello.applicationProtocol)
    member("selected_identity", hello.selectedIdentity)
    member("compression_method", hello.compressionMethod)
    malformed(hello.malformedExtensions)
    member("ja3s", hello.ja3s)
    member("ja3s_hash", hello.ja3sHash)
  }

  mutating func malformed(_ extensions: [MalformedExtension]) {
    array("malformed_extensions") { writer in
      for item in extensions {
        writer.object { writer in
          writer.member("type", item.type)
          writer.member("error", "\(item.error)")
        }
      }
    }
  }
}

extension ClientHello {
  /// JA4, whose first letter says what carries the handshake.
  func fingerprint(over transport: ConnectionTransport) -> String {
    switch transport {
    case .tcp: ja4(transport: .tcp)
    case .quic: ja4(transport: .quic)
    case .dtls: ja4(transport: .dtls)
    }
  }
}
