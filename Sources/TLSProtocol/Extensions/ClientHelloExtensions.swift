internal import Bytes

/// Decodes the bodies of a ClientHello's extensions, one after the other.
struct ClientHelloExtensionReader {
  var fields: ClientHelloFields
  var serverName: String?
  var preSharedKeyIdentities: [[UInt8]] = []

  /// Decodes the body of one extension into the property that mirrors it. Where a type comes twice, which RFC 8446 §4.2
  /// forbids, the first non-empty one counts.
  mutating func decode(_ type: ExtensionType, _ body: inout ByteCursor) throws(ParseError) {
    switch type {
    case .serverName:
      let name = try body.readServerName()
      try body.finish()
      serverName = serverName ?? name
    case .supportedVersions:
      try decodeList(of: UInt8.self, from: &body, into: &fields.supportedVersions, field: "versions")
    case .supportedGroups:
      try decodeList(of: UInt16.self, from: &body, into: &fields.supportedGroups, field: "named_group_list")
    case .signatureAlgorithms:
      try decodeList(
        of: UInt16.self, from: &body, into: &fields.signatureSchemes, field: "supported_signature_algorithms")
    case .signatureAlgorithmsCert:
      try decodeList(
        of: UInt16.self, from: &body, into: &fields.certificateSignatureSchemes, field: "supported_signature_algorithms"
      )
    case .pskKeyExchangeModes:
      try decodeList(of: UInt8.self, from: &body, into: &fields.pskKeyExchangeModes, field: "ke_modes")
    case .compressCertificate:
      try decodeList(of: UInt8.self, from: &body, into: &fields.certificateCompressionAlgorithms, field: "algorithms")
    case .ecPointFormats:
      let formats = try body.readBytes(prefixedBy: UInt8.self, field: "ec_point_format_list")
      try body.finish()
      if fields.ecPointFormats.isEmpty { fields.ecPointFormats = formats }
    case .applicationLayerProtocolNegotiation:
      let protocols = try body.readProtocolNames()
      try body.finish()
      if fields.applicationProtocols.isEmpty { fields.applicationProtocols = protocols }
    case .keyShare:
      let groups = try body.readKeyShareGroups()
      try body.finish()
      if fields.keyShareGroups.isEmpty { fields.keyShareGroups = groups }
    case .preSharedKey:
      let identities = try body.readPreSharedKeyIdentities()
      try body.finish()
      if preSharedKeyIdentities.isEmpty { preSharedKeyIdentities = identities }
    case .sessionTicket:
      fields.sessionTicketLength = fields.sessionTicketLength ?? body.remaining
      try body.skip(body.remaining)
    case .recordSizeLimit:
      let limit = try body.read(UInt16.self, field: "record_size_limit")
      try body.finish()
      fields.recordSizeLimit = fields.recordSizeLimit ?? limit
    case .encryptedClientHello:
      let isOuter = try body.readEncryptedClientHelloType() == 0
      if isOuter { fields.hasOuterEncryptedClientHello = true }
    default:
      try body.checkFormat(of: type)
    }
  }

  @inline(__always)
  private func decodeList<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable, Point: CodePoint>(
    of length: Length.Type, from body: inout ByteCursor, into points: inout [Point],
    field: StaticString
  ) throws(ParseError) {
    let read = try body.readCodePoints(prefixedBy: length, of: Point.self, field: field)
    try body.finish()
    if points.isEmpty { points = read }
  }

  /// Up to draft 22 of TLS 1.3 `key_share` was extension 40, which means nothing without a draft version beside it.
  mutating func decodeDraftKeyShare(_ list: ExtensionList) {
    guard fields.keyShareGroups.isEmpty, fields.supportedVersions.contains(where: \.isTLS13DraftBefore23) else {
      return
    }
    guard let draft = list.extensions.first(where: { $0.type == .draftKeyShare }) else { return }
    do throws(ParseError) {
      fields.keyShareGroups = try draft.body.withCursor { (body) throws(ParseError) in try body.readKeyShareGroups() }
    } catch {
      fields.malformedExtensions.append(MalformedExtension(type: draft.type, error: error))
    }
  }
}
