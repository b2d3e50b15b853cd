public import Bytes

extension ClientHello {
  /// Reads a hello in SSLv2's format, RFC 5246 §E.2, from its message type (1) on, without the 2-byte record header.
  ///
  /// The lengths come first and the fields behind them. A TLS suite travels as a 24-bit spec whose first byte is zero.
  public init(parsingSSLv2 cursor: inout ByteCursor) throws(ParseError) {
    let length = cursor.remaining
    try cursor.skip(1, field: "msg_type")
    let version: ProtocolVersion = try cursor.read(field: "version")
    let specsLength = Int(try cursor.read(UInt16.self, field: "cipher_spec_length"))
    let sessionIDLength = Int(try cursor.read(UInt16.self, field: "session_id_length"))
    let challengeLength = Int(try cursor.read(UInt16.self, field: "challenge_length"))
    let kinds = try cursor.readSSLv2CipherKinds(length: specsLength)
    let sessionID = try cursor.readBytes(sessionIDLength, field: "session_id")
    let challenge = try cursor.readBytes(challengeLength, field: "challenge")
    self.init(
      legacyVersion: version,
      random: [UInt8](repeating: 0, count: max(0, 32 - challenge.count)) + challenge.suffix(32),
      legacySessionID: sessionID,
      cipherSuites: kinds.compactMap(\.cipherSuite),
      compressionMethods: [],
      extensions: []
    )
    sslv2CipherKinds = kinds
    isSSLv2Format = true
    messageLength = length
  }
}

extension ServerHello {
  /// Reads SSLv2's SERVER-HELLO (draft-hickman-netscape-ssl-00 §2.6) from its message type (4) on, without the record
  /// header.
  public init(parsingSSLv2 cursor: inout ByteCursor) throws(ParseError) {
    let length = cursor.remaining
    try cursor.skip(1, field: "msg_type")
    try cursor.skip(1, field: "session_id_hit")
    try cursor.skip(1, field: "certificate_type")
    let version: ProtocolVersion = try cursor.read(field: "server_version")
    let certificateLength = Int(try cursor.read(UInt16.self, field: "certificate_length"))
    let specsLength = Int(try cursor.read(UInt16.self, field: "cipher_specs_length"))
    let connectionIDLength = Int(try cursor.read(UInt16.self, field: "connection_id_length"))
    let certificate = try cursor.readBytes(certificateLength, field: "certificate_data")
    let kinds = try cursor.readSSLv2CipherKinds(length: specsLength)
    let connectionID = try cursor.readBytes(connectionIDLength, field: "connection_id_data")
    var fields = ServerHelloFields(
      legacyVersion: version, cipherSuite: CipherSuite(rawValue: 0), compressionMethod: 0)
    fields.sslv2CipherKinds = kinds
    fields.sslv2Certificate = certificate
    fields.isSSLv2Format = true
    fields.messageLength = length
    self.init(HelloBytes(random: connectionID, sessionID: []), shape: HelloShape(fields))
  }
}

extension ByteCursor {
  fileprivate mutating func readSSLv2CipherKinds(length: Int) throws(ParseError) -> [SSLv2CipherKind] {
    var list = try slice(length, field: "cipher_specs")
    var kinds: [SSLv2CipherKind] = []
    kinds.reserveCapacity(length / 3)
    while !list.isAtEnd { kinds.append(try list.read(field: "cipher_specs")) }
    return kinds
  }
}
