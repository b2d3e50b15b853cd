internal import Bytes

extension ClientHello {
  /// Decodes the body of one extension into the property that mirrors it. Where a type comes twice, which RFC 8446 §4.2
  /// forbids, the first non-empty one counts.
  mutating func decode(_ type: ExtensionType, _ body: inout ByteCursor) throws(ParseError) {
    switch type {
    case .serverName:
      let name = try body.readServerName()
      try body.finish()
      serverName = serverName ?? name
    case .supportedVersions:
      try decodeList(of: UInt8.self, from: &body, into: \.supportedVersions, field: "versions")
    case .supportedGroups:
      try decodeList(of: UInt16.self, from: &body, into: \.supportedGroups, field: "named_group_list")
    case .signatureAlgorithms:
      try decodeList(of: UInt16.self, from: &body, into: \.signatureSchemes, field: "supported_signature_algorithms")
    case .signatureAlgorithmsCert:
      try decodeList(
        of: UInt16.self, from: &body, into: \.certificateSignatureSchemes, field: "supported_signature_algorithms")
    case .pskKeyExchangeModes:
      try decodeList(of: UInt8.self, from: &body, into: \.pskKeyExchangeModes, field: "ke_modes")
    case .compressCertificate:
      try decodeList(of: UInt8.self, from: &body, into: \.certificateCompressionAlgorithms, field: "algorithms")
    case .ecPointFormats:
      let formats = try body.readBytes(prefixedBy: UInt8.self, field: "ec_point_format_list")
      try body.finish()
      if ecPointFormats.isEmpty { ecPointFormats = formats }
    case .applicationLayerProtocolNegotiation:
      let protocols = try body.readProtocolNames()
      try body.finish()
      if applicationProtocols.isEmpty { applicationProtocols = protocols }
    case .keyShare:
      let groups = try body.readKeyShareGroups()
      try body.finish()
      if keyShareGroups.isEmpty { keyShareGroups = groups }
    case .preSharedKey:
      let identities = try body.readPreSharedKeyIdentities()
      try body.finish()
      if preSharedKeyIdentities.isEmpty { preSharedKeyIdentities = identities }
    case .sessionTicket:
      sessionTicketLength = sessionTicketLength ?? body.remaining
      try body.skip(body.remaining)
    case .recordSizeLimit:
      let limit = try body.read(UInt16.self, field: "record_size_limit")
      try body.finish()
      recordSizeLimit = recordSizeLimit ?? limit
    case .encryptedClientHello:
      hasOuterEncryptedClientHello = try body.readEncryptedClientHelloType() == 0 || hasOuterEncryptedClientHello
    default:
      try body.checkFormat(of: type)
    }
  }

  @inline(__always)
  private mutating func decodeList<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable, Point: CodePoint>(
    of length: Length.Type, from body: inout ByteCursor, into property: WritableKeyPath<ClientHello, [Point]>,
    field: StaticString
  ) throws(ParseError) {
    let points = try body.readCodePoints(prefixedBy: length, of: Point.self, field: field)
    try body.finish()
    if self[keyPath: property].isEmpty { self[keyPath: property] = points }
  }

  /// Up to draft 22 of TLS 1.3 `key_share` was extension 40, which means nothing without a draft version beside it.
  mutating func decodeDraftKeyShare() {
    guard keyShareGroups.isEmpty, supportedVersions.contains(where: \.isTLS13DraftBefore23) else { return }
    guard let draft = extensions.first(where: { $0.type == .draftKeyShare }) else { return }
    do throws(ParseError) {
      keyShareGroups = try draft.body.withCursor { (body) throws(ParseError) in try body.readKeyShareGroups() }
    } catch {
      malformedExtensions.append(MalformedExtension(type: draft.type, error: error))
    }
  }
}
