internal import Bytes

extension CertificateFacts {
  /// The facts of a key that stands for itself, as raw public keys do (RFC 7250): nothing else is there to be read.
  public init(rawPublicKey der: [UInt8]) {
    self.init()
    subjectPublicKeyInfo = der
    let span = der.span
    do {
      var reader = DERReader(span)
      let info = try reader.next(.sequence, "subjectPublicKeyInfo")
      readPublicKey(reader.inside(info))
    } catch {
      note("subjectPublicKeyInfo: \(error)")
    }
  }

  /// SubjectPublicKeyInfo, RFC 5280 §4.1.2.7, RFC 3279 §2.3 and what later documents added.
  mutating func readPublicKey(_ bytes: DERReader) {
    var reader = bytes
    do {
      let algorithm = try reader.next(.sequence, "algorithm")
      var identifier = reader.inside(algorithm)
      let type = try identifier.next(.objectIdentifier, "algorithm")
      let content = identifier.content(type)
      guard let known = OIDNames.keyAlgorithms[OID(content: content)] else {
        keyAlgorithm = OID.dotted(content)
        return
      }
      keyAlgorithm = known.name
      keyBits = known.bits
      switch known.name {
      case "EC": try readCurve(identifier)
      case "DSA", "DH": try readPrime(identifier)
      case "RSA", "RSA-PSS", "RSAES-OAEP":
        let key = try reader.next(.bitString, "subjectPublicKey")
        noteFlaw(key, "subjectPublicKey")
        try readModulus(reader.insideBits(key))
      default: break
      }
    } catch {
      note("subjectPublicKeyInfo: \(error)")
    }
  }

  /// RSAPublicKey, RFC 8017 §A.1.1.
  private mutating func readModulus(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let key = try reader.next(.sequence, "RSAPublicKey")
    var numbers = reader.inside(key)
    let modulus = try numbers.next(.integer, "modulus")
    keyBits = Self.bits(numbers.content(modulus))
    let exponent = try numbers.next(.integer, "publicExponent")
    let value = numbers.content(exponent)
    if value.isEmpty || Self.bits(value) <= 1 || value[value.count - 1] & 1 == 0 {
      note("publicExponent: \(hexadecimal(value, limit: 16)) makes no RSA key")
    }
  }

  /// ECParameters, RFC 5480 §2.1.1: a named curve, or (forbidden, yet seen) explicit ones (X9.62).
  private mutating func readCurve(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    guard let tag = reader.nextTag else {
      note("EC key without parameters")
      return
    }
    let parameters = try reader.next()
    if tag == .objectIdentifier {
      let content = reader.content(parameters)
      let curve = OIDNames.curves[OID(content: content)]
      keyCurve = curve?.name ?? OID.dotted(content)
      keyBits = curve?.bits
    } else if tag == .sequence {
      keyCurve = "explicit"
      note("EC parameters are explicit: RFC 5480 allows named curves only")
      var fields = reader.inside(parameters)
      _ = try fields.next(.integer, "version")
      let fieldID = try fields.next(.sequence, "fieldID")
      var field = fields.inside(fieldID)
      _ = try field.next(.objectIdentifier, "fieldType")
      if let prime = try field.nextIf(.integer) { keyBits = Self.bits(field.content(prime)) }
    }
  }

  /// Dss-Parms, RFC 3279 §2.3.2, and DHParameter: the first number is the prime.
  private mutating func readPrime(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    // Parameters may be inherited from the issuer.
    guard let parameters = try reader.nextIf(.sequence) else { return }
    var numbers = reader.inside(parameters)
    let prime = try numbers.next(.integer, "p")
    keyBits = Self.bits(numbers.content(prime))
  }

  /// Significant bits of an unsigned big-endian number.
  static func bits(_ number: Span<UInt8>) -> Int {
    var start = 0
    while start < number.count, number[start] == 0 { start &+= 1 }
    guard start < number.count else { return 0 }
    return (number.count &- start) &* 8 &- number[start].leadingZeroBitCount
  }
}
