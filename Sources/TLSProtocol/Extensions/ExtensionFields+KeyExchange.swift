internal import Bytes

/// Versions, keys and sessions.
extension ExtensionFieldWriter {
  /// RFC 8446 §4.2.1: a client lists versions, a server names one.
  mutating func writeVersions(_ body: inout ByteCursor) throws(ParseError) {
    if isOffer { return try writeList(UInt8.self, ProtocolVersion.self, "versions", &body) }
    let version: ProtocolVersion = try body.read(field: "selected_version")
    add("selected_version", version.name)
  }

  /// RFC 8446 §4.2.8: shares, a share, or in a HelloRetryRequest a group only.
  mutating func writeKeyShare(_ body: inout ByteCursor) throws(ParseError) {
    if message == .helloRetryRequest || (!isOffer && body.remaining == 2) {
      let group: NamedGroup = try body.read(field: "selected_group")
      return add("selected_group", group.name)
    }
    guard isOffer else { return try writeShare(&body) }
    var list = try body.slice(prefixedBy: UInt16.self, field: "client_shares")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in try writer.writeShare(&list) }
  }

  private mutating func writeShare(_ list: inout ByteCursor) throws(ParseError) {
    let group: NamedGroup = try list.read(field: "group")
    addBytes(group.name, try list.readBytes(prefixedBy: UInt16.self, field: "key_exchange"))
  }

  /// RFC 8446 §4.2.11: identities and binders, or the index that the server chose.
  mutating func writePreSharedKey(_ body: inout ByteCursor) throws(ParseError) {
    guard isOffer else {
      return addNumber("selected_identity", try body.read(UInt16.self, field: "selected_identity"))
    }
    var identities = try body.slice(prefixedBy: UInt16.self, field: "identities")
    try forEachEntry(of: &identities) { (writer, list) throws(ParseError) in
      writer.addBytes("identity", try list.readBytes(prefixedBy: UInt16.self, field: "identity"))
      writer.addNumber("obfuscated_ticket_age", try list.read(UInt32.self, field: "obfuscated_ticket_age"))
    }
    var binders = try body.slice(prefixedBy: UInt16.self, field: "binders")
    try forEachEntry(of: &binders) { (writer, list) throws(ParseError) in
      writer.addBytes("binder", try list.readBytes(prefixedBy: UInt8.self, field: "binder"))
    }
  }

  /// RFC 9149 §3: wishes from the client, a number from the server.
  mutating func writeTicketRequest(_ body: inout ByteCursor) throws(ParseError) {
    guard isOffer else { return addNumber("expected_count", try body.read(UInt8.self, field: "expected_count")) }
    addNumber("new_session_count", try body.read(UInt8.self, field: "new_session_count"))
    addNumber("resumption_count", try body.read(UInt8.self, field: "resumption_count"))
  }

  /// RFC 9849 §5: the outer form's public part, the inner form's empty mark, a server's retry configurations, or a
  /// HelloRetryRequest's confirmation.
  mutating func writeEncryptedClientHello(_ body: inout ByteCursor) throws(ParseError) {
    switch message {
    case .helloRetryRequest, .serverHello: addBytes("confirmation", body.readRemaining())
    case .encryptedExtensions:
      addBytes("retry_configs", try body.readBytes(prefixedBy: UInt16.self, field: "retry_configs"))
    default:
      let type = try body.read(UInt8.self, field: "type")
      add("type", Self.name(type, in: [0: "outer", 1: "inner"]))
      guard type == 0 else { return }
      add("kdf_id", Self.kdfName(try body.read(UInt16.self, field: "kdf_id")))
      add("aead_id", Self.aeadName(try body.read(UInt16.self, field: "aead_id")))
      addNumber("config_id", try body.read(UInt8.self, field: "config_id"))
      add("enc", "\(try body.readBytes(prefixedBy: UInt16.self, field: "enc").count) bytes")
      add("payload", "\(try body.readBytes(prefixedBy: UInt16.self, field: "payload").count) bytes")
    }
  }

  /// The registry "HPKE KDF Identifiers", RFC 9180 §7.2.
  private static func kdfName(_ id: UInt16) -> String {
    switch id {
    case 1: "HKDF-SHA256"
    case 2: "HKDF-SHA384"
    case 3: "HKDF-SHA512"
    default: DisplayText.hexadecimal(id)
    }
  }

  /// The registry "HPKE AEAD Identifiers", RFC 9180 §7.3.
  private static func aeadName(_ id: UInt16) -> String {
    switch id {
    case 1: "AES-128-GCM"
    case 2: "AES-256-GCM"
    case 3: "ChaCha20Poly1305"
    default: DisplayText.hexadecimal(id)
    }
  }

  /// draft-ietf-tls-esni-02 §5: ECH's forerunner.
  mutating func writeEncryptedServerName(_ body: inout ByteCursor) throws(ParseError) {
    guard isOffer else { return addBytes("nonce", body.readRemaining()) }
    let suite: CipherSuite = try body.read(field: "suite")
    add("suite", suite.name)
    try writeShare(&body)
    addBytes("record_digest", try body.readBytes(prefixedBy: UInt16.self, field: "record_digest"))
    add("encrypted_sni", "\(try body.readBytes(prefixedBy: UInt16.self, field: "encrypted_sni").count) bytes")
  }

  /// RFC 8472 §2.
  mutating func writeTokenBinding(_ body: inout ByteCursor) throws(ParseError) {
    let major = try body.read(UInt8.self, field: "major")
    let minor = try body.read(UInt8.self, field: "minor")
    add("version", "\(major).\(minor)")
    addList(
      "key_parameters", try body.readBytes(prefixedBy: UInt8.self, field: "key_parameters_list"),
      names: [0: "rsa2048_pkcs1.5", 1: "rsa2048_pss", 2: "ecdsap256"])
  }
}
