internal import Bytes

extension CertificateFacts {
  /// The extensions read here, and those that TLS stacks process though a diagnosis does not need them.
  private enum Extension: Sendable {
    case subjectKeyIdentifier, keyUsage, subjectAltName, basicConstraints, authorityKeyIdentifier, extKeyUsage
    case authorityInfoAccess, tlsFeature, signedCertificateTimestamps, nameConstraints
    /// Understood by path validation, without a fact of its own.
    case understood
    /// Known by name but marked critical to keep verifiers away.
    case refused(String)
  }

  private static let knownExtensions: [OID: Extension] = [
    OID("2.5.29.14"): .subjectKeyIdentifier, OID("2.5.29.15"): .keyUsage, OID("2.5.29.17"): .subjectAltName,
    OID("2.5.29.19"): .basicConstraints, OID("2.5.29.35"): .authorityKeyIdentifier, OID("2.5.29.37"): .extKeyUsage,
    OID("1.3.6.1.5.5.7.1.1"): .authorityInfoAccess, OID("1.3.6.1.5.5.7.1.24"): .tlsFeature,
    OID("1.3.6.1.4.1.11129.2.4.2"): .signedCertificateTimestamps, OID("2.5.29.30"): .nameConstraints,
    OID("2.5.29.18"): .understood, OID("2.5.29.31"): .understood, OID("2.5.29.32"): .understood,
    OID("2.5.29.33"): .understood, OID("2.5.29.36"): .understood, OID("2.5.29.54"): .understood,
    OID("1.3.6.1.4.1.11129.2.4.3"): .refused("CT precertificate poison"),
    OID("1.3.6.1.5.5.7.1.14"): .refused("proxyCertInfo"), OID("2.5.29.28"): .refused("issuingDistributionPoint"),
  ]

  private static let extensionLimit = 256

  /// Extensions, RFC 5280 §4.1.2.9 and §4.2.
  mutating func readExtensions(_ bytes: DERReader) {
    var reader = bytes
    do {
      let sequence = try reader.next(.sequence, "extensions")
      var list = reader.inside(sequence)
      var seen: Set<OID> = []
      while !list.isAtEnd {
        let element = try list.next(.sequence, "Extension")
        noteFlaw(element, "Extension")
        guard seen.count < Self.extensionLimit else { return note("over \(Self.extensionLimit) extensions") }
        do {
          try readExtension(list.inside(element), seen: &seen)
        } catch {
          note("extension: \(error)")
        }
      }
    } catch {
      note("extensions: \(error)")
    }
  }

  private mutating func readExtension(_ bytes: DERReader, seen: inout Set<OID>) throws(ParseError) {
    var fields = bytes
    let identifier = try fields.next(.objectIdentifier, "extnID")
    let oid = OID(content: fields.content(identifier))
    var isCritical = false
    if let boolean = try fields.nextIf(.boolean) {
      isCritical = boolean.contentCount > 0 && fields.octet(boolean.content) != 0
      if boolean.contentCount != 1 || fields.octet(boolean.content) != 0xff {
        note("extension \(OID.dotted(fields.content(identifier))): critical is not encoded as DER wants")
      }
    }
    let value = try fields.next(.octetString, "extnValue")
    if oid.packed == 0 || !seen.insert(oid).inserted {
      note(
        "extension \(OID.dotted(fields.content(identifier))) \(oid.packed == 0 ? "has an odd name" : "stands twice")")
    }
    var content = fields.inside(value)
    switch Self.knownExtensions[oid] {
    case nil:
      if isCritical { criticalExtensionsNotUnderstood.append(OID.dotted(fields.content(identifier))) }
    case .refused(let name):
      if isCritical { criticalExtensionsNotUnderstood.append(name) }
    case .understood: break
    case .nameConstraints: nameConstraints = try NameConstraints(content)
    case .subjectKeyIdentifier:
      let key = try content.next(.octetString, "subjectKeyIdentifier")
      subjectKeyIdentifier = content.contentBytes(key)
    case .authorityKeyIdentifier: try readAuthorityKey(content)
    case .basicConstraints: try readBasicConstraints(content)
    case .keyUsage: try readKeyUsage(content)
    case .extKeyUsage: try readExtendedKeyUsage(content)
    case .subjectAltName: try readAlternativeNames(content)
    case .authorityInfoAccess: try readInformationAccess(content)
    case .tlsFeature: try readFeatures(content)
    case .signedCertificateTimestamps:
      let list = try content.next(.octetString, "SignedCertificateTimestampList")
      signedCertificateTimestamps = SignedCertificateTimestamp.list(content.contentBytes(list))
    }
  }

  /// AuthorityKeyIdentifier, RFC 5280 §4.2.1.1.
  private mutating func readAuthorityKey(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let sequence = try reader.next(.sequence, "authorityKeyIdentifier")
    var fields = reader.inside(sequence)
    if let key = try fields.nextIf(.context(0)) { authorityKeyIdentifier = fields.contentBytes(key) }
  }

  /// BasicConstraints, RFC 5280 §4.2.1.9.
  private mutating func readBasicConstraints(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let sequence = try reader.next(.sequence, "basicConstraints")
    var fields = reader.inside(sequence)
    isCertificateAuthority = false
    if let boolean = try fields.nextIf(.boolean) {
      isCertificateAuthority = boolean.contentCount > 0 && fields.octet(boolean.content) != 0
    }
    if let length = try fields.nextIf(.integer) {
      var value = 0
      for octet in fields.contentBytes(length).prefix(5) { value = value << 8 | Int(octet) }
      pathLengthConstraint = value
    }
  }

  /// The named bits of KeyUsage, RFC 5280 §4.2.1.3, from bit 0 on.
  private static let keyUsageNames = [
    "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
    "cRLSign", "encipherOnly", "decipherOnly",
  ]

  private mutating func readKeyUsage(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let bits = try reader.next(.bitString, "keyUsage")
    let content = reader.content(bits)
    var names: [String] = []
    for (bit, name) in Self.keyUsageNames.enumerated() {
      let index = 1 + bit / 8
      if index < content.count, content[index] & (0x80 >> UInt8(bit % 8)) != 0 { names.append(name) }
    }
    if names.isEmpty { note("keyUsage: no bit set") }
    keyUsage = names
  }

  /// ExtKeyUsageSyntax, RFC 5280 §4.2.1.12.
  private mutating func readExtendedKeyUsage(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let sequence = try reader.next(.sequence, "extKeyUsage")
    var list = reader.inside(sequence)
    var purposes: [String] = []
    while !list.isAtEnd, purposes.count < Self.extensionLimit {
      let purpose = try list.next(.objectIdentifier, "KeyPurposeId")
      let content = list.content(purpose)
      purposes.append(OIDNames.keyPurposes[OID(content: content)] ?? OID.dotted(content))
    }
    extendedKeyUsage = purposes
  }

  private static let responderOID = OID("1.3.6.1.5.5.7.48.1")
  private static let caIssuersOID = OID("1.3.6.1.5.5.7.48.2")

  /// AuthorityInfoAccessSyntax, RFC 5280 §4.2.2.1.
  private mutating func readInformationAccess(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let sequence = try reader.next(.sequence, "authorityInfoAccess")
    var list = reader.inside(sequence)
    while !list.isAtEnd, ocspResponders.count + caIssuers.count < Self.extensionLimit {
      let description = try list.next(.sequence, "AccessDescription")
      var fields = list.inside(description)
      let method = try fields.next(.objectIdentifier, "accessMethod")
      guard let location = try fields.nextIf(.context(6)) else { continue }
      let address = ASN1Text.harmless(fields.content(location))
      switch OID(content: fields.content(method)) {
      case Self.responderOID: ocspResponders.append(address)
      case Self.caIssuersOID: caIssuers.append(address)
      default: break
      }
    }
  }

  /// TLS Feature, RFC 7633 §4: the numbers of TLS extensions; status_request and its second version demand a staple.
  private mutating func readFeatures(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let sequence = try reader.next(.sequence, "Features")
    var list = reader.inside(sequence)
    while !list.isAtEnd {
      let feature = try list.next(.integer, "Features")
      let number = list.contentBytes(feature)
      if number == [5] || number == [17] { requiresStaple = true }
    }
  }
}
