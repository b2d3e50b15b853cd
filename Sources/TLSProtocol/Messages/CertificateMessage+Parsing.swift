public import Bytes

extension CertificateMessage {
  /// An unpacked certificate may be this long: the same limit that a message has which comes unpacked.
  static let unpackedLimit = 256 << 10

  /// Reads the body in the form of the negotiated version; where that fails, in the other form, since a capture may
  /// miss the hello that names the version.
  init(parsing cursor: inout ByteCursor, from sender: Role, context: HandshakeContext) throws(ParseError) {
    let certificateType = context.certificateType(of: sender)
    let isTLS13 = context.isTLS13
    var first = cursor
    do throws(ParseError) {
      self = try Self.read(&first, isTLS13: isTLS13, certificateType: certificateType)
    } catch {
      // A raw key is no list of certificates, and an OpenPGP key is neither.
      guard certificateType == 0 else { throw error }
      var second = cursor
      guard let other = try? Self.read(&second, isTLS13: !isTLS13, certificateType: 0) else { throw error }
      // An empty list is so short that much else reads as one.
      guard !other.certificates.isEmpty || context.version == nil else { throw error }
      self = other
    }
    try cursor.skip(cursor.remaining)
  }

  private static func read(
    _ cursor: inout ByteCursor, isTLS13: Bool, certificateType: UInt8
  ) throws(ParseError) -> CertificateMessage {
    switch (isTLS13, certificateType) {
    case (true, _): return try CertificateMessage(parsingTLS13: &cursor, isRawPublicKey: certificateType == 2)
    case (false, 2): return try CertificateMessage(parsingRawPublicKey: &cursor)
    case (false, _): return try CertificateMessage(parsingTLS12: &cursor)
    }
  }

  /// RFC 5246 §7.4.2.
  public init(parsingTLS12 cursor: inout ByteCursor) throws(ParseError) {
    var list = try cursor.slicePrefixedBy24Bits(field: "certificate_list")
    try cursor.finish("certificate_list")
    var certificates: [[UInt8]] = []
    while !list.isAtEnd { certificates.append(try list.readBytesPrefixedBy24Bits(field: "certificate")) }
    self.init(certificates: certificates)
  }

  /// RFC 7250 §3: in TLS 1.2 the key stands in the list's place.
  init(parsingRawPublicKey cursor: inout ByteCursor) throws(ParseError) {
    let key = try cursor.readBytesPrefixedBy24Bits(field: "subject_public_key_info")
    try cursor.finish("subject_public_key_info")
    self.init(certificates: [])
    rawPublicKey = key
  }

  /// RFC 8446 §4.4.2.
  public init(parsingTLS13 cursor: inout ByteCursor, isRawPublicKey: Bool = false) throws(ParseError) {
    _ = try cursor.slice(prefixedBy: UInt8.self, field: "certificate_request_context")
    var list = try cursor.slicePrefixedBy24Bits(field: "certificate_list")
    try cursor.finish("certificate_list")
    var certificates: [[UInt8]] = []
    var leafExtensions: [HelloExtension] = []
    var response: [UInt8]?
    while !list.isAtEnd {
      certificates.append(try list.readBytesPrefixedBy24Bits(field: "cert_data"))
      let length = Int(try list.peekUInt16(field: "extensions"))
      var block = try list.slice(length &+ 2, field: "extensions")
      guard certificates.count == 1 else { continue }
      leafExtensions =
        ExtensionList(parsing: &block) { (type, body) throws(ParseError) in
          if type == .statusRequest { response = try body.readOCSPResponse() } else { try body.skip(body.remaining) }
        }.extensions
    }
    self.init(certificates: isRawPublicKey ? [] : certificates, ocspResponse: response)
    self.leafExtensions = leafExtensions
    if isRawPublicKey { rawPublicKey = certificates.first }
  }

  /// CompressedCertificate, RFC 8879 §4.
  init(
    parsingCompressed cursor: inout ByteCursor, from sender: Role, context: HandshakeContext,
    decompressor: any CertificateDecompressor
  ) throws(ParseError) {
    let algorithm: CertificateCompressionAlgorithm = try cursor.read(field: "algorithm")
    let start = cursor.offset
    let length = try cursor.readUInt24(field: "uncompressed_length")
    guard length <= Self.unpackedLimit else {
      throw ParseError(
        .invalid("\(length) bytes, more than a certificate message may have"), at: start,
        field: "uncompressed_length")
    }
    let data = try cursor.readBytesPrefixedBy24Bits(field: "compressed_certificate_message")
    try cursor.finish("compressed_certificate_message")
    guard let unpacked = decompressor.decompress(data, algorithm: algorithm, length: length), unpacked.count == length
    else {
      throw ParseError(
        .invalid("does not unpack with \(algorithm)"), at: start, field: "compressed_certificate_message")
    }
    self = try unpacked.withCursor { (cursor) throws(ParseError) in
      try CertificateMessage(parsing: &cursor, from: sender, context: context)
    }
    compression = algorithm
  }
}
