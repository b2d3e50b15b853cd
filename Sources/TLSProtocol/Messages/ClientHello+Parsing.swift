public import Bytes

extension ClientHello: WireValue {
  /// Reads the body of a ClientHello, without the handshake header, to the cursor's end. RFC 8446 §4.1.2.
  ///
  /// Only the fields before the extensions can make it throw. What breaks in the extensions is kept as
  /// `malformedExtensions` and `structureError`: a hello that a server refused must still be readable.
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    let length = cursor.remaining &+ 4
    let version: ProtocolVersion = try cursor.read(field: "legacy_version")
    let random = try cursor.readBytes(HelloBytes.randomLength, field: "random")
    let sessionID = try cursor.readBytes(prefixedBy: UInt8.self, field: "legacy_session_id")
    var reader = ClientHelloExtensionReader(
      fields: ClientHelloFields(
        legacyVersion: version,
        cipherSuites: try cursor.readCodePoints(prefixedBy: UInt16.self, field: "cipher_suites"),
        compressionMethods: try cursor.readBytes(prefixedBy: UInt8.self, field: "legacy_compression_methods")))
    let list = ExtensionList(parsing: &cursor) { (type, body) throws(ParseError) in try reader.decode(type, &body) }
    reader.fields.messageLength = length
    reader.fields.extensions = list.places
    reader.fields.malformedExtensions = list.malformed
    reader.fields.structureError = list.structureError
    reader.decodeDraftKeyShare(list)
    self.init(
      HelloBytes(random: random, sessionID: sessionID, extensions: list.bytes), shape: HelloShape(reader.fields))
    serverName = reader.serverName
    preSharedKeyIdentities = reader.preSharedKeyIdentities
  }
}
