public import Bytes

extension ServerHello: WireValue {
  /// SHA-256 of "HelloRetryRequest": the random that turns a ServerHello into one, RFC 8446 §4.1.3.
  static let helloRetryRequestRandom: [UInt8] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
  ]

  /// Reads the body of a ServerHello, without the handshake header, to the cursor's end. RFC 8446 §4.1.3.
  ///
  /// Only the fields before the extensions can make it throw; see ``ClientHello``.
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    let length = cursor.remaining &+ 4
    let version: ProtocolVersion = try cursor.read(field: "legacy_version")
    // Drafts 18 to 21 of TLS 1.3 left out what TLS 1.3 does not use.
    let isShort = version.isTLS13DraftBefore22
    let random = try cursor.readBytes(HelloBytes.randomLength, field: "random")
    let sessionID = isShort ? [] : try cursor.readBytes(prefixedBy: UInt8.self, field: "legacy_session_id_echo")
    var fields = ServerHelloFields(
      legacyVersion: version, cipherSuite: try cursor.read(field: "cipher_suite"),
      compressionMethod: isShort ? 0 : try cursor.read(UInt8.self, field: "legacy_compression_method"))
    fields.messageLength = length
    fields.isHelloRetryRequest = random == Self.helloRetryRequestRandom
    self.init(fields, random: random, legacySessionID: sessionID, extensions: &cursor)
  }

  /// Reads the HelloRetryRequest that was a message of its own (type 6) up to draft 21 of TLS 1.3. Drafts 19 to 21
  /// name the cipher suite.
  public init(parsingDraftHelloRetryRequest cursor: inout ByteCursor) throws(ParseError) {
    let length = cursor.remaining &+ 4
    let version: ProtocolVersion = try cursor.read(field: "server_version")
    let namesSuite = version.rawValue >= 0x7f13
    var fields = ServerHelloFields(
      legacyVersion: version,
      cipherSuite: namesSuite ? try cursor.read(field: "cipher_suite") : CipherSuite(rawValue: 0),
      compressionMethod: 0)
    fields.messageLength = length
    fields.isHelloRetryRequest = true
    self.init(fields, random: Self.helloRetryRequestRandom, legacySessionID: [], extensions: &cursor)
  }

  private init(
    _ fields: consuming ServerHelloFields, random: [UInt8], legacySessionID: [UInt8], extensions: inout ByteCursor
  ) {
    let extensionBytes = fields.readExtensions(&extensions)
    self.init(
      HelloBytes(random: random, sessionID: legacySessionID, extensions: extensionBytes), shape: HelloShape(fields))
  }
}

extension ServerHelloFields {
  /// Reads the extensions to the cursor's end and returns the bytes that their places mean.
  fileprivate mutating func readExtensions(_ cursor: inout ByteCursor) -> [UInt8] {
    let list = ExtensionList(parsing: &cursor) { (type, body) throws(ParseError) in try decode(type, &body) }
    extensions = list.places
    malformedExtensions = list.malformed
    structureError = list.structureError
    guard selectedGroup == nil, legacyVersion.isTLS13DraftBefore23 || version.isTLS13DraftBefore23 else {
      return list.bytes
    }
    let draft = list.extensions.first { $0.type == .draftKeyShare }
    selectedGroup = try? draft?.body.withCursor { (body) throws(ParseError) in try body.read(field: "group") }
    return list.bytes
  }
}
