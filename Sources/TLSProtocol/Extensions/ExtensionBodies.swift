internal import Bytes

/// Readers for extension bodies that more than one message carries, or that are more than one list.
extension ByteCursor {
  /// `ServerNameList`, RFC 6066 §3: the first host_name. A server's acknowledgement is empty.
  mutating func readServerName() throws(ParseError) -> String? {
    guard !isAtEnd else { return nil }
    var list = try slice(prefixedBy: UInt16.self, field: "server_name_list")
    var name: String?
    while !list.isAtEnd {
      let type = try list.read(UInt8.self, field: "name_type")
      let bytes = try list.readBytes(prefixedBy: UInt16.self, field: "host_name")
      if type == 0, name == nil { name = String(decoding: bytes, as: UTF8.self) }
    }
    return name
  }

  /// `ProtocolNameList`, RFC 7301 §3.1.
  mutating func readProtocolNames() throws(ParseError) -> [String] {
    var list = try slice(prefixedBy: UInt16.self, field: "protocol_name_list")
    var names: [String] = []
    while !list.isAtEnd {
      let bytes = try list.readBytes(prefixedBy: UInt8.self, field: "protocol_name")
      names.append(String(decoding: bytes, as: UTF8.self))
    }
    return names
  }

  /// `KeyShareClientHello`, RFC 8446 §4.2.8: the groups of the shares.
  mutating func readKeyShareGroups() throws(ParseError) -> [NamedGroup] {
    var list = try slice(prefixedBy: UInt16.self, field: "client_shares")
    var groups: [NamedGroup] = []
    while !list.isAtEnd {
      groups.append(try list.read(field: "group"))
      _ = try list.slice(prefixedBy: UInt16.self, field: "key_exchange")
    }
    return groups
  }

  /// `OfferedPsks`, RFC 8446 §4.2.11: the identities. The binders are walked, so that a broken list shows.
  mutating func readPreSharedKeyIdentities() throws(ParseError) -> [[UInt8]] {
    var list = try slice(prefixedBy: UInt16.self, field: "identities")
    var identities: [[UInt8]] = []
    while !list.isAtEnd {
      identities.append(try list.readBytes(prefixedBy: UInt16.self, field: "identity"))
      try list.skip(4, field: "obfuscated_ticket_age")
    }
    var binders = try slice(prefixedBy: UInt16.self, field: "binders")
    while !binders.isAtEnd { _ = try binders.slice(prefixedBy: UInt8.self, field: "binder") }
    return identities
  }

  /// `ECHClientHello`, RFC 9849 §5: 0 for the outer form, 1 for the inner.
  mutating func readEncryptedClientHelloType() throws(ParseError) -> UInt8 {
    let type = try read(UInt8.self, field: "type")
    if type == 0 {
      try skip(4, field: "cipher_suite")
      try skip(1, field: "config_id")
      _ = try slice(prefixedBy: UInt16.self, field: "enc")
      _ = try slice(prefixedBy: UInt16.self, field: "payload")
    }
    return type
  }

  /// `OCSPStatusRequest` and `CertificateStatus` inside a certificate entry share extension 5: the response, RFC 6066 §8.
  mutating func readOCSPResponse() throws(ParseError) -> [UInt8]? {
    guard try read(UInt8.self, field: "status_type") == 1 else {
      try skip(remaining)
      return nil
    }
    return try readBytesPrefixedBy24Bits(field: "response")
  }

  /// Walks the body of an extension that no property mirrors, as a client sends it, so that a broken one is noticed.
  mutating func checkFormat(of type: ExtensionType) throws(ParseError) {
    switch type {
    case .extendedMasterSecret, .encryptThenMAC, .postHandshakeAuth, .earlyData, .signedCertificateTimestamp:
      try finish()
    case .renegotiationInfo:
      _ = try slice(prefixedBy: UInt8.self, field: "renegotiated_connection")
    case .cookie:
      _ = try slice(prefixedBy: UInt16.self, field: "cookie")
    case .maxFragmentLength, .heartbeat:
      try skip(1)
    case .useSRTP:
      _ = try slice(prefixedBy: UInt16.self, field: "srtp_protection_profiles")
      _ = try slice(prefixedBy: UInt8.self, field: "srtp_mki")
    case .certificateAuthorities:
      var authorities = try slice(prefixedBy: UInt16.self, field: "authorities")
      while !authorities.isAtEnd { _ = try authorities.slice(prefixedBy: UInt16.self, field: "distinguished_name") }
    case .statusRequest:
      if try read(UInt8.self, field: "status_type") == 1 {
        _ = try slice(prefixedBy: UInt16.self, field: "responder_id_list")
        _ = try slice(prefixedBy: UInt16.self, field: "request_extensions")
      } else {
        try skip(remaining)
      }
    default:
      try skip(remaining)
    }
  }
}
