internal import Bytes
internal import Crypto

extension CertificateFacts {
  /// Reads a certificate. Never fails: what cannot be read is left out and named in `problems`.
  public init(der: [UInt8]) {
    self.init()
    self.der = der
    sha256 = [UInt8](SHA256.hash(data: der))
    let span = der.span
    do {
      try readCertificate(DERReader(span))
    } catch {
      note(error.description)
    }
  }

  /// Problems beyond this many are not listed: a hostile certificate must not fill memory.
  private static let problemLimit = 32

  mutating func note(_ problem: String) {
    guard problems.count < Self.problemLimit else { return }
    problems.append(problem)
  }

  /// Notes what DER forbids about an element.
  mutating func noteFlaw(_ element: DERElement, _ field: StaticString) {
    if let flaw = element.flaw { note("\(field) at byte \(element.start): \(flaw.rawValue)") }
  }

  /// Certificate, RFC 5280 §4.1.
  private mutating func readCertificate(_ bytes: DERReader) throws(ParseError) {
    var outer = bytes
    let certificate = try outer.next(.sequence, "Certificate")
    noteFlaw(certificate, "Certificate")
    if !outer.isAtEnd { note("bytes behind the certificate") }
    var fields = outer.inside(certificate)
    let signed = try fields.next(.sequence, "tbsCertificate")
    noteFlaw(signed, "tbsCertificate")
    signedRange = signed.start..<signed.contentEnd
    // The signed part is read first and by itself: its names and dates count even where it breaks off.
    var innerAlgorithm: [UInt8] = []
    do {
      try readSignedPart(fields.inside(signed), algorithm: &innerAlgorithm)
    } catch {
      note(error.description)
    }
    let algorithm = try fields.next(.sequence, "signatureAlgorithm")
    if signatureAlgorithm.isEmpty { readSignatureAlgorithm(fields.inside(algorithm)) }
    if !innerAlgorithm.isEmpty, fields.encoding(algorithm) != innerAlgorithm {
      note("signatureAlgorithm differs from the one in tbsCertificate")
    }
    let signature = try fields.next(.bitString, "signatureValue")
    noteFlaw(signature, "signatureValue")
    if signature.contentCount > 0 { signatureRange = signature.content + 1..<signature.contentEnd }
    if !fields.isAtEnd { note("fields behind signatureValue") }
  }

  /// TBSCertificate, RFC 5280 §4.1.2.
  private mutating func readSignedPart(_ bytes: DERReader, algorithm: inout [UInt8]) throws(ParseError) {
    var fields = bytes
    version = 1
    if let tagged = try fields.nextIf(.constructedContext(0)) {
      var inside = fields.inside(tagged)
      let number = try inside.next(.integer, "version")
      let value = inside.contentBytes(number)
      version = value.count == 1 ? Int(value[0]) + 1 : 0
      if !(1...3).contains(version) { note("version: \(hexadecimal(value.span, limit: 8))") }
    }
    let serial = try fields.next(.integer, "serialNumber")
    readSerialNumber(serial, in: fields)
    let identifier = try fields.next(.sequence, "signature")
    algorithm = fields.encoding(identifier)
    readSignatureAlgorithm(fields.inside(identifier))
    let issuerName = try fields.next(.sequence, "issuer")
    noteFlaw(issuerName, "issuer")
    issuerDER = fields.encoding(issuerName)
    let issuerText = DistinguishedName(fields.inside(issuerName))
    issuer = issuerText.text
    if let problem = issuerText.problem { note("issuer: \(problem)") }
    let validity = try fields.next(.sequence, "validity")
    noteFlaw(validity, "validity")
    readValidity(fields.inside(validity))
    let subjectName = try fields.next(.sequence, "subject")
    noteFlaw(subjectName, "subject")
    subjectDER = fields.encoding(subjectName)
    let subjectText = subjectDER == issuerDER ? issuerText : DistinguishedName(fields.inside(subjectName))
    subject = subjectText.text
    commonName = subjectText.commonName
    if let problem = subjectText.problem { note("subject: \(problem)") }
    let key = try fields.next(.sequence, "subjectPublicKeyInfo")
    noteFlaw(key, "subjectPublicKeyInfo")
    subjectPublicKeyInfo = fields.encoding(key)
    readPublicKey(fields.inside(key))
    // issuerUniqueID and subjectUniqueID: nobody uses them.
    for tag in [DERTag.context(1), .context(2), .constructedContext(1), .constructedContext(2)] {
      _ = try fields.nextIf(tag)
    }
    if let tagged = try fields.nextIf(.constructedContext(3)) {
      noteFlaw(tagged, "extensions")
      if version != 3 { note("extensions in a version \(version) certificate") }
      readExtensions(fields.inside(tagged))
    }
    if !fields.isAtEnd { note("fields behind the extensions") }
  }

  private mutating func readSerialNumber(_ element: DERElement, in reader: DERReader) {
    let content = reader.content(element)
    noteFlaw(element, "serialNumber")
    if content.isEmpty { note("serialNumber: empty") }
    if content.count > 20 { note("serialNumber: longer than 20 octets") }
    if !content.isEmpty, content[0] & 0x80 != 0 { note("serialNumber: negative") }
    serialNumber = Self.serialText(content)
  }

  /// A serial number in hex, without leading zeros.
  static func serialText(_ content: Span<UInt8>) -> String {
    var start = 0
    while start &+ 1 < content.count, content[start] == 0 { start &+= 1 }
    let text = hexadecimal(content.extracting(start..<content.count), limit: 64)
    return text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "0") ? String(text.dropFirst()) : text
  }

  /// Validity, RFC 5280 §4.1.2.5.
  private mutating func readValidity(_ bytes: DERReader) {
    var reader = bytes
    do {
      notBefore = readTime(try reader.next(), in: reader, "notBefore")
      notAfter = readTime(try reader.next(), in: reader, "notAfter")
    } catch {
      note("validity: \(error)")
    }
    if let notBefore, let notAfter, notBefore > notAfter { note("validity: ends before it begins") }
  }

  private mutating func readTime(_ element: DERElement, in reader: DERReader, _ field: String) -> Int64? {
    let content = reader.content(element)
    guard element.tag == .utcTime || element.tag == .generalizedTime,
      let reading = ASN1Time.read(content, tag: element.tag)
    else {
      note("\(field): no time: \"\(ASN1Text.harmless(content.extracting(first: 32)))\"")
      return nil
    }
    if !reading.isProfiled { note("\(field): a form that RFC 5280 forbids") }
    return reading.seconds
  }

  /// AlgorithmIdentifier of a signature, RFC 5280 §4.1.1.2.
  private mutating func readSignatureAlgorithm(_ bytes: DERReader) {
    var reader = bytes
    do {
      let identifier = try reader.next(.objectIdentifier, "signature algorithm")
      let content = reader.content(identifier)
      guard let known = OIDNames.signatureAlgorithms[OID(content: content)] else {
        signatureAlgorithm = OID.dotted(content)
        return
      }
      signatureAlgorithm = known.name
      signatureHash = known.hash
      if known.name == "rsassaPss" {
        let parameters = try PSSParameters(reader)
        signatureHash = parameters.hash
        hasUnusualPSSParameters = !parameters.isUsual
      }
    } catch {
      note("signature algorithm: \(error)")
    }
  }
}
