internal import Bytes

extension ServerHelloFields {
  /// Decodes the body of one extension into the property that mirrors it.
  mutating func decode(_ type: ExtensionType, _ body: inout ByteCursor) throws(ParseError) {
    switch type {
    case .supportedVersions:
      let version: ProtocolVersion = try body.read(field: "selected_version")
      try body.finish()
      selectedVersion = selectedVersion ?? version
    case .keyShare:
      let group: NamedGroup = try body.read(field: "group")
      // A HelloRetryRequest names the group only, a ServerHello brings its share (RFC 8446 §4.2.8).
      if !isHelloRetryRequest { _ = try body.slice(prefixedBy: UInt16.self, field: "key_exchange") }
      try body.finish()
      selectedGroup = selectedGroup ?? group
    case .preSharedKey:
      let identity = try body.read(UInt16.self, field: "selected_identity")
      try body.finish()
      selectedIdentity = selectedIdentity ?? identity
    case .applicationLayerProtocolNegotiation:
      let protocols = try body.readProtocolNames()
      try body.finish()
      applicationProtocol = applicationProtocol ?? protocols.first
    case .renegotiationInfo:
      _ = try body.slice(prefixedBy: UInt8.self, field: "renegotiated_connection")
    case .extendedMasterSecret, .encryptThenMAC, .sessionTicket, .serverName:
      try body.finish()
    default:
      try body.skip(body.remaining)
    }
  }
}
