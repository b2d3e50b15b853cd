public import Bytes

extension ClientHello: WireValue {
  /// Reads the body of a ClientHello, without the handshake header, to the cursor's end. RFC 8446 §4.1.2.
  ///
  /// Only the fields before the extensions can make it throw. What breaks in the extensions is kept as
  /// `malformedExtensions` and `structureError`: a hello that a server refused must still be readable.
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    let length = cursor.remaining &+ 4
    self.init(
      legacyVersion: try cursor.read(field: "legacy_version"),
      random: try cursor.readBytes(32, field: "random"),
      legacySessionID: try cursor.readBytes(prefixedBy: UInt8.self, field: "legacy_session_id"),
      cipherSuites: try cursor.readCodePoints(prefixedBy: UInt16.self, field: "cipher_suites"),
      compressionMethods: try cursor.readBytes(prefixedBy: UInt8.self, field: "legacy_compression_methods"),
      extensions: []
    )
    messageLength = length
    let list = ExtensionList(parsing: &cursor) { (type, body) throws(ParseError) in try decode(type, &body) }
    extensions = list.extensions
    malformedExtensions = list.malformed
    structureError = list.structureError
    decodeDraftKeyShare()
  }
}
