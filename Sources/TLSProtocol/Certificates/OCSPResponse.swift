internal import Bytes

/// What a stapled OCSP response says (RFC 6960 §4.2.1), read leniently.
public struct OCSPResponse: Hashable, Sendable {
  /// Whether the responder answered (RFC 6960 §4.2.1).
  public enum ResponseStatus: Hashable, Sendable {
    case successful, malformedRequest, internalError, tryLater, sigRequired, unauthorized
    case unknown(Int)

    init(_ number: UInt8) {
      switch number {
      case 0: self = .successful
      case 1: self = .malformedRequest
      case 2: self = .internalError
      case 3: self = .tryLater
      case 5: self = .sigRequired
      case 6: self = .unauthorized
      default: self = .unknown(Int(number))
      }
    }
  }

  /// What it says of one certificate.
  public enum CertificateStatus: Hashable, Sendable {
    case good
    /// Seconds since 1970 UTC, and RFC 5280 §5.3.1's reason where given.
    case revoked(at: Int64?, reason: Int?)
    case unknown
  }

  /// SingleResponse: the verdict on one certificate.
  public struct Answer: Hashable, Sendable {
    /// Hex, without leading zeros, as in `CertificateFacts.serialNumber`.
    public var serialNumber: String
    /// What it says of the certificate.
    public var status: CertificateStatus
    /// Seconds since 1970 UTC.
    public var thisUpdate: Int64?
    /// Seconds since 1970 UTC from when a newer answer is to be had; nil where it does not say.
    public var nextUpdate: Int64?
  }

  /// nil where not even that could be read.
  public var status: ResponseStatus?
  /// Seconds since 1970 UTC.
  public var producedAt: Int64?
  /// The responder's name (RFC 4514) or, in hex, the hash of its key.
  public var responder = ""
  /// One for each certificate that was asked about.
  public var answers: [Answer] = []
  /// `ecdsa-with-SHA256`, … or the OID.
  public var signatureAlgorithm = ""
  /// Certificates that the responder sent along: a delegate's, if the issuer did not sign itself (RFC 6960 §4.2.2.2).
  public var certificates: [CertificateFacts] = []
  private var signedPart: [UInt8] = []
  private var signature: [UInt8] = []
  private var method: SignatureMethod?
  /// What could not be read.
  public var problems: [String] = []

  /// Never fails: what cannot be read is named in `problems`.
  public init(der: [UInt8]) {
    let span = der.span
    do {
      try readResponse(DERReader(span))
    } catch {
      problems.append(error.description)
    }
  }

  /// The verdict on one certificate; nil where the response is about others.
  public func answer(for certificate: CertificateFacts) -> Answer? {
    answers.first { $0.serialNumber == certificate.serialNumber }
  }

  /// Checks the responder's signature: with the issuer's key, or with that of a delegate whom the issuer certified for
  /// OCSPSigning.
  public func checkSignature(issuer: CertificateFacts) -> SignatureCheck {
    guard let method, !signature.isEmpty else { return .unsupported }
    // A responder has one certificate; whoever sends several is not tried with all of them.
    let delegate = certificates.first { $0.extendedKeyUsage?.contains("OCSPSigning") == true }
    let delegates = [delegate].compactMap(\.self).filter { $0.checkSignature(issuer: issuer) == .verified }
    var result = SignatureCheck.unsupported
    for signer in [issuer] + delegates {
      let check = SignatureCheck.check(
        signature, over: signedPart, method: method, key: signer.subjectPublicKeyInfo)
      if check == .verified { return .verified }
      if check == .failed { result = .failed }
    }
    return result
  }

  private mutating func readResponse(_ bytes: DERReader) throws(ParseError) {
    var outer = bytes
    let response = try outer.next(.sequence, "OCSPResponse")
    if let flaw = response.flaw { problems.append("OCSPResponse: \(flaw.rawValue)") }
    var fields = outer.inside(response)
    let number = try fields.next(.enumerated, "responseStatus")
    status = ResponseStatus(number.contentCount == 1 ? fields.octet(number.content) : 0xff)
    guard let tagged = try fields.nextIf(.constructedContext(0)) else {
      if status == .successful { problems.append("successful, but without a response") }
      return
    }
    var wrapper = fields.inside(tagged)
    let body = try wrapper.next(.sequence, "responseBytes")
    var parts = wrapper.inside(body)
    let type = try parts.next(.objectIdentifier, "responseType")
    guard OID(content: parts.content(type)) == Self.basic else {
      problems.append("responseType: \(OID.dotted(parts.content(type)))")
      return
    }
    let octets = try parts.next(.octetString, "response")
    var inside = parts.inside(octets)
    let basic = try inside.next(.sequence, "BasicOCSPResponse")
    var signedFields = inside.inside(basic)
    let data = try signedFields.next(.sequence, "tbsResponseData")
    try readData(signedFields.inside(data))
    signedPart = signedFields.encoding(data)
    let algorithm = try signedFields.next(.sequence, "signatureAlgorithm")
    var identifier = signedFields.inside(algorithm)
    let name = try identifier.next(.objectIdentifier, "signatureAlgorithm")
    let content = identifier.content(name)
    let known = OIDNames.signatureAlgorithms[OID(content: content)]
    signatureAlgorithm = known?.name ?? OID.dotted(content)
    method = known.flatMap { SignatureMethod(signatureAlgorithm: $0.name, hash: $0.hash) }
    let bits = try signedFields.next(.bitString, "signature")
    signature = Array(signedFields.contentBytes(bits).dropFirst())
    guard let tagged = try signedFields.nextIf(.constructedContext(0)) else { return }
    var wrapped = signedFields.inside(tagged)
    let list = try wrapped.next(.sequence, "certs")
    var entries = wrapped.inside(list)
    while !entries.isAtEnd, certificates.count < 8 {
      let certificate = try entries.next()
      certificates.append(CertificateFacts(der: entries.encoding(certificate)))
    }
  }

  private static let basic = OID("1.3.6.1.5.5.7.48.1.1")

  /// Responses beyond this many are left out: a staple is about one certificate, or a chain's few.
  private static let answerLimit = 64

  private mutating func readData(_ bytes: DERReader) throws(ParseError) {
    var fields = bytes
    _ = try fields.nextIf(.constructedContext(0))
    let identity = try fields.next()
    var inside = fields.inside(identity)
    if identity.tag == .constructedContext(1) {
      let name = try inside.next(.sequence, "byName")
      responder = DistinguishedName(inside.inside(name)).text
    } else if identity.tag == .constructedContext(2) {
      let hash = try inside.next(.octetString, "byKey")
      responder = hexadecimal(inside.content(hash), limit: 64)
    }
    let produced = try fields.next(.generalizedTime, "producedAt")
    producedAt = ASN1Time.read(fields.content(produced), tag: produced.tag)?.seconds
    let list = try fields.next(.sequence, "responses")
    var responses = fields.inside(list)
    while !responses.isAtEnd, answers.count < Self.answerLimit {
      let single = try responses.next(.sequence, "SingleResponse")
      answers.append(try Self.answer(responses.inside(single)))
    }
  }

  private static func answer(_ bytes: DERReader) throws(ParseError) -> Answer {
    var fields = bytes
    let identifier = try fields.next(.sequence, "certID")
    var parts = fields.inside(identifier)
    _ = try parts.next(.sequence, "hashAlgorithm")
    _ = try parts.next(.octetString, "issuerNameHash")
    _ = try parts.next(.octetString, "issuerKeyHash")
    let serial = try parts.next(.integer, "serialNumber")
    let verdict = try fields.next()
    let status = try certificateStatus(verdict, in: fields)
    let update = try fields.next(.generalizedTime, "thisUpdate")
    var answer = Answer(
      serialNumber: CertificateFacts.serialText(parts.content(serial)), status: status,
      thisUpdate: ASN1Time.read(fields.content(update), tag: update.tag)?.seconds, nextUpdate: nil)
    if let tagged = try fields.nextIf(.constructedContext(0)) {
      var inside = fields.inside(tagged)
      let next = try inside.next(.generalizedTime, "nextUpdate")
      answer.nextUpdate = ASN1Time.read(inside.content(next), tag: next.tag)?.seconds
    }
    return answer
  }

  private static func certificateStatus(
    _ verdict: DERElement, in reader: DERReader
  ) throws(ParseError) -> CertificateStatus {
    guard verdict.tag == .constructedContext(1) else { return verdict.tag == .context(0) ? .good : .unknown }
    var fields = reader.inside(verdict)
    let time = try fields.next(.generalizedTime, "revocationTime")
    let seconds = ASN1Time.read(fields.content(time), tag: time.tag)?.seconds
    guard let tagged = try fields.nextIf(.constructedContext(0)) else { return .revoked(at: seconds, reason: nil) }
    var inside = fields.inside(tagged)
    let reason = try inside.next(.enumerated, "revocationReason")
    return .revoked(at: seconds, reason: Int(inside.octet(reason.content)))
  }
}
