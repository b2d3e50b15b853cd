internal import Bytes

extension ServerKeyExchange {
  /// Reads the body in the form that the cipher suite implies. A form that nobody knows is kept as raw parameters.
  init(parsing cursor: inout ByteCursor, context: HandshakeContext) throws(ParseError) {
    self.init(group: nil, signatureScheme: nil, primeBits: nil, parameters: [], signature: [])
    guard let form = context.cipherSuite.map(KeyExchangeForm.of) ?? .ephemeralCurve else {
      parameters = cursor.readRemaining()
      return
    }
    let whole = cursor
    if form.hasHint { pskIdentityHint = try cursor.readBytes(prefixedBy: UInt16.self, field: "psk_identity_hint") }
    switch form.parameters {
    case .none: break
    case .ellipticCurve: try readCurve(&cursor)
    case .finiteField:
      primeBits = Self.bits(of: try cursor.readBytes(prefixedBy: UInt16.self, field: "dh_p"))
      _ = try cursor.slice(prefixedBy: UInt16.self, field: "dh_g")
      _ = try cursor.slice(prefixedBy: UInt16.self, field: "dh_Ys")
    case .exportRSA:
      _ = try cursor.slice(prefixedBy: UInt16.self, field: "rsa_modulus")
      _ = try cursor.slice(prefixedBy: UInt16.self, field: "rsa_exponent")
    case .srp:
      _ = try cursor.slice(prefixedBy: UInt16.self, field: "srp_N")
      _ = try cursor.slice(prefixedBy: UInt16.self, field: "srp_g")
      _ = try cursor.slice(prefixedBy: UInt8.self, field: "srp_s")
      _ = try cursor.slice(prefixedBy: UInt16.self, field: "srp_B")
    }
    var signed = whole
    parameters = try signed.readBytes(cursor.offset &- whole.offset)
    if form.isSigned {
      if context.namesSignatureSchemes { signatureScheme = try cursor.read(field: "algorithm") }
      signature = try cursor.readBytes(prefixedBy: UInt16.self, field: "signature")
    }
    try cursor.finish("server_key_exchange")
  }

  /// `ECParameters` and the point, RFC 8422 §5.4; explicit curves, RFC 4492 §5.4, are walked over.
  private mutating func readCurve(_ cursor: inout ByteCursor) throws(ParseError) {
    let start = cursor.offset
    switch try cursor.read(UInt8.self, field: "curve_type") {
    case 1:
      _ = try cursor.slice(prefixedBy: UInt8.self, field: "prime_p")
      try skipExplicitCurve(&cursor)
    case 2:
      try cursor.skip(2, field: "m")
      let basis = try cursor.read(UInt8.self, field: "basis")
      for _ in 0..<(basis == 2 ? 3 : 1) { _ = try cursor.slice(prefixedBy: UInt8.self, field: "k") }
      try skipExplicitCurve(&cursor)
    case 3: group = try cursor.read(field: "namedcurve")
    case let type: throw ParseError(.invalid("curve type \(type) is unknown"), at: start, field: "curve_type")
    }
    _ = try cursor.slice(prefixedBy: UInt8.self, field: "point")
  }

  private func skipExplicitCurve(_ cursor: inout ByteCursor) throws(ParseError) {
    for _ in 0..<5 { _ = try cursor.slice(prefixedBy: UInt8.self, field: "explicit_curve") }
  }

  /// Bits of a big-endian number, leading zeros not counted.
  private static func bits(of number: [UInt8]) -> Int {
    guard let first = number.firstIndex(where: { $0 != 0 }) else { return 0 }
    return (number.count - first) * 8 - number[first].leadingZeroBitCount
  }
}
