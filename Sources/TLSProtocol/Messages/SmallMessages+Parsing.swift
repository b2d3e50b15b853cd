public import Bytes

extension CertificateVerify {
  /// RFC 8446 §4.4.3 and RFC 5246 §7.4.8; before TLS 1.2 the signature stands alone.
  init(parsing cursor: inout ByteCursor, context: HandshakeContext) throws(ParseError) {
    let scheme: SignatureScheme? = context.namesSignatureSchemes ? try cursor.read(field: "algorithm") : nil
    _ = try cursor.slice(prefixedBy: UInt16.self, field: "signature")
    try cursor.finish("signature")
    self.init(signatureScheme: scheme)
  }
}

extension CertificateStatus: WireValue {
  /// RFC 6066 §8, and the list of RFC 6961 §2.2, of which the leaf's response is kept: the first.
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    let start = cursor.offset
    switch try cursor.read(UInt8.self, field: "status_type") {
    case 1:
      self.init(ocspResponse: try cursor.readBytesPrefixedBy24Bits(field: "response"))
    case 2:
      var list = try cursor.slicePrefixedBy24Bits(field: "ocsp_response_list")
      self.init(ocspResponse: list.isAtEnd ? [] : try list.readBytesPrefixedBy24Bits(field: "response"))
    case let type:
      throw ParseError(.invalid("status type \(type) is unknown"), at: start, field: "status_type")
    }
    try cursor.finish("response")
  }
}

extension NewSessionTicket {
  /// RFC 8446 §4.6.1 where TLS 1.3 is negotiated, RFC 5077 §3.3 before.
  init(parsing cursor: inout ByteCursor, context: HandshakeContext) throws(ParseError) {
    let lifetime: UInt32 = try cursor.read(field: "ticket_lifetime")
    if context.isTLS13 {
      try cursor.skip(4, field: "ticket_age_add")
      _ = try cursor.slice(prefixedBy: UInt8.self, field: "ticket_nonce")
    }
    self.init(lifetime: lifetime, ticket: try cursor.readBytes(prefixedBy: UInt16.self, field: "ticket"))
    if context.isTLS13 { _ = try cursor.slice(prefixedBy: UInt16.self, field: "extensions") }
    try cursor.finish("ticket")
  }
}
