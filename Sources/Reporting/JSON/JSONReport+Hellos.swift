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
    if observed.value.isOfUsualLength {
      let key = ClientHelloKey(observed.value, over: transport)
      writer.fragment(
        clientHelloFragments.fragment(for: key) { $0.recurringMembers(of: observed.value, over: transport) })
    } else {
      writer.recurringMembers(of: observed.value, over: transport)
    }
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
    list("supported_versions", hello.supportedVersions)
    list("cipher_suites", hello.cipherSuites)
    list("compression_methods", hello.compressionMethods)
    list("extensions", hello.extensionTypes)
    list("alpn", hello.applicationProtocols)
    list("supported_groups", hello.supportedGroups)
    list("ec_point_formats", hello.ecPointFormats)
    list("signature_schemes", hello.signatureSchemes)
    list("certificate_signature_schemes", hello.certificateSignatureSchemes)
    list("key_share_groups", hello.keyShareGroups)
    list("psk_key_exchange_modes", hello.pskKeyExchangeModes)
    list("certificate_compression_algorithms", hello.certificateCompressionAlgorithms)
    member("record_size_limit", hello.recordSizeLimit)
    member("encrypted_client_hello", hello.hasOuterEncryptedClientHello)
    member("sslv2_format", hello.isSSLv2Format)
    malformed(hello.malformedExtensions)
    let ja3 = hello.ja3AndHash
    member("ja3", ja3.text)
    member("ja3_hash", ja3.hash)
    member("ja4", hello.fingerprint(over: transport))
    object("stack", for: Stack.client(hello)) { writer, guess in
      writer.member("name", guess.stack.name)
      writer.member("confidence", guess.confidence.rawValue)
    }
    omittedMember()
  }

  /// The members of a ServerHello that a server repeats.
  mutating func recurringMembers(of hello: ServerHello) {
    member("legacy_version", hello.legacyVersion)
    member("version", hello.version)
    member("cipher_suite", hello.cipherSuite)
    list("extensions", hello.extensionTypes)
    member("selected_group", hello.selectedGroup)
    member("hello_retry_request", hello.isHelloRetryRequest)
    member("alpn", hello.applicationProtocol)
    member("selected_identity", hello.selectedIdentity)
    member("compression_method", hello.compressionMethod)
    malformed(hello.malformedExtensions)
    member("ja3s", hello.ja3s)
    member("ja3s_hash", hello.ja3sHash)
    omittedMember()
  }

  mutating func malformed(_ extensions: [MalformedExtension]) {
    list("malformed_extensions", extensions, limit: LongLists.malformedLimit) { writer, item in
      writer.object { writer in
        writer.member("type", item.type)
        writer.member("error", "\(item.error)")
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
