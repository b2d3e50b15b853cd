public import Bytes

extension CertificateRequest {
  /// Reads the body in the form of the negotiated version; where that fails, in the other form.
  init(parsing cursor: inout ByteCursor, context: HandshakeContext) throws(ParseError) {
    var first = cursor
    do throws(ParseError) {
      self = try Self.read(&first, isTLS13: context.isTLS13, namesSchemes: context.namesSignatureSchemes)
    } catch {
      var second = cursor
      guard let other = try? Self.read(&second, isTLS13: !context.isTLS13, namesSchemes: true) else { throw error }
      self = other
    }
    try cursor.skip(cursor.remaining)
  }

  private static func read(
    _ cursor: inout ByteCursor, isTLS13: Bool, namesSchemes: Bool
  ) throws(ParseError) -> CertificateRequest {
    isTLS13
      ? try CertificateRequest(parsingTLS13: &cursor)
      : try CertificateRequest(parsingTLS12: &cursor, namesSchemes: namesSchemes)
  }

  /// RFC 5246 §7.4.4; before TLS 1.2 without the schemes (RFC 4346 §7.4.4).
  public init(parsingTLS12 cursor: inout ByteCursor, namesSchemes: Bool = true) throws(ParseError) {
    self.init(
      certificateTypes: try cursor.readBytes(prefixedBy: UInt8.self, field: "certificate_types"),
      signatureSchemes: namesSchemes
        ? try cursor.readCodePoints(prefixedBy: UInt16.self, field: "supported_signature_algorithms") : [],
      authorities: try cursor.readDistinguishedNames()
    )
    try cursor.finish("certificate_authorities")
  }

  /// RFC 8446 §4.3.2.
  public init(parsingTLS13 cursor: inout ByteCursor) throws(ParseError) {
    _ = try cursor.slice(prefixedBy: UInt8.self, field: "certificate_request_context")
    self.init(certificateTypes: [], signatureSchemes: [], authorities: [])
    _ = try cursor.peekUInt16(field: "extensions")
    let list = ExtensionList(parsing: &cursor) { (type, body) throws(ParseError) in
      switch type {
      case .signatureAlgorithms:
        signatureSchemes = try body.readCodePoints(prefixedBy: UInt16.self, field: "supported_signature_algorithms")
      case .signatureAlgorithmsCert:
        certificateSignatureSchemes = try body.readCodePoints(
          prefixedBy: UInt16.self, field: "supported_signature_algorithms")
      case .certificateAuthorities: authorities = try body.readDistinguishedNames()
      default: try body.skip(body.remaining)
      }
    }
    extensions = list.extensions
    if let error = list.structureError ?? list.malformed.first?.error { throw error }
  }
}

extension ByteCursor {
  /// A list of DER-encoded distinguished names behind a 16-bit length, each behind one of its own.
  mutating func readDistinguishedNames() throws(ParseError) -> [[UInt8]] {
    var list = try slice(prefixedBy: UInt16.self, field: "certificate_authorities")
    var names: [[UInt8]] = []
    while !list.isAtEnd { names.append(try list.readBytes(prefixedBy: UInt16.self, field: "distinguished_name")) }
    return names
  }
}
