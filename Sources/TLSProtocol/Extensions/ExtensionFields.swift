internal import Bytes

extension ExtensionFieldWriter {
  /// Writes the fields of an extension of any registered type; unknown and GREASE bodies in hex.
  mutating func write(_ type: ExtensionType, _ body: inout ByteCursor) throws(ParseError) {
    switch type {
    case .serverName: try writeServerName(&body)
    case .maxFragmentLength: try writeMaxFragmentLength(&body)
    case .trustedCAKeys: try writeTrustedAuthorities(&body)
    case .statusRequest: try writeStatusRequest(&body)
    case .statusRequestV2: try writeStatusRequestV2(&body)
    case .userMapping, .clientAuthz, .serverAuthz: try writeByteList("types", &body)
    case .certType, .clientCertificateType, .serverCertificateType: try writeCertificateTypes(&body)
    case .supportedGroups: try writeList(UInt16.self, NamedGroup.self, "groups", &body)
    case .ecPointFormats: try writeList(UInt8.self, ECPointFormat.self, "formats", &body)
    case .srp, .pwdProtect, .pwdClear: addText("name", try body.readBytes(prefixedBy: UInt8.self, field: "name"))
    case .signatureAlgorithms, .signatureAlgorithmsCert:
      try writeList(UInt16.self, SignatureScheme.self, "schemes", &body)
    case .useSRTP: try writeSRTP(&body)
    case .heartbeat:
      let mode = try body.read(UInt8.self, field: "mode")
      add("mode", Self.name(mode, in: [1: "peer_allowed_to_send", 2: "peer_not_allowed_to_send"]))
    case .applicationLayerProtocolNegotiation, .applicationSettings, .applicationSettingsOld:
      try writeProtocols(&body)
    case .signedCertificateTimestamp: try writeTimestamps(&body)
    case .padding, .serverPadding: add("length", "\(try skipAll(&body)) bytes")
    case .sessionTicket: if !body.isAtEnd { add("ticket", "\(try skipAll(&body)) bytes") }
    case .tokenBinding: try writeTokenBinding(&body)
    case .cachedInfo: try writeCachedInfo(&body)
    case .compressCertificate: try writeList(UInt8.self, CertificateCompressionAlgorithm.self, "algorithms", &body)
    case .recordSizeLimit: add("limit", "\(try body.read(UInt16.self, field: "record_size_limit")) bytes")
    case .passwordSalt: addBytes("salt", try body.readBytes(prefixedBy: UInt16.self, field: "password_salt"))
    case .delegatedCredential: try writeDelegatedCredential(&body)
    case .supportedEKTCiphers: try writeByteList("ciphers", &body)
    case .preSharedKey: try writePreSharedKey(&body)
    case .earlyData: if !body.isAtEnd { try addBytesOfData("max_early_data_size", &body) }
    case .supportedVersions: try writeVersions(&body)
    case .cookie: addBytes("cookie", try body.readBytes(prefixedBy: UInt16.self, field: "cookie"))
    case .pskKeyExchangeModes: try writeList(UInt8.self, PSKKeyExchangeMode.self, "modes", &body)
    case .certificateAuthorities: try writeAuthorities(&body)
    case .oidFilters: try writeOIDFilters(&body)
    case .keyShare, .draftKeyShare: try writeKeyShare(&body)
    case .transparencyInfo: try writeOpaqueList(UInt16.self, "item", &body)
    case .connectionID, .connectionIDDeprecated, .externalIDHash, .externalSessionID:
      addBytes("value", try body.readBytes(prefixedBy: UInt8.self, field: "value"))
    case .quicTransportParameters, .quicTransportParametersDraft: try writeQUICParameters(&body)
    case .ticketRequest: try writeTicketRequest(&body)
    case .dnssecChain: try writeDNSSECChain(&body)
    case .tlsFlags: addBytes("flags", try body.readBytes(prefixedBy: UInt8.self, field: "flags"))
    case .renegotiationInfo:
      addBytes("renegotiated_connection", try body.readBytes(prefixedBy: UInt8.self, field: "renegotiated_connection"))
    case .nextProtocolNegotiation: try writeNextProtocols(&body)
    case .encryptedClientHello: try writeEncryptedClientHello(&body)
    case .encryptedServerName: try writeEncryptedServerName(&body)
    case .echOuterExtensions: try writeList(UInt8.self, ExtensionType.self, "outer_extensions", &body)
    case .trustAnchors: try writeTrustAnchors(&body)
    default: if !body.isAtEnd { addBytes("data", body.readRemaining()) }
    }
  }

  // MARK: Shapes that many extensions share

  /// A length, then code points.
  mutating func writeList<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable, Point: CodePoint>(
    _ length: Length.Type, _: Point.Type, _ name: StaticString, _ body: inout ByteCursor
  ) throws(ParseError) {
    addList("\(name)", try body.readCodePoints(prefixedBy: length, of: Point.self, field: name))
  }

  /// A one-byte length, then one-byte values without names.
  mutating func writeByteList(_ name: StaticString, _ body: inout ByteCursor) throws(ParseError) {
    addList("\(name)", try body.readBytes(prefixedBy: UInt8.self, field: name), names: [:])
  }

  /// A two-byte length, then opaque values, each behind a length of its own.
  mutating func writeOpaqueList<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ length: Length.Type, _ name: StaticString, _ body: inout ByteCursor
  ) throws(ParseError) {
    var list = try body.slice(prefixedBy: UInt16.self, field: name)
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      writer.addBytes("\(name)", try list.readBytes(prefixedBy: length, field: name))
    }
  }

  mutating func addBytesOfData(_ name: StaticString, _ body: inout ByteCursor) throws(ParseError) {
    add("\(name)", "\(try body.read(UInt32.self, field: name)) bytes")
  }

  func skipAll(_ body: inout ByteCursor) throws(ParseError) -> Int {
    let count = body.remaining
    try body.skip(count)
    return count
  }
}
