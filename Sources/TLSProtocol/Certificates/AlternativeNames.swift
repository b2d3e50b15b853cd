internal import Bytes
import NetworkValues

extension CertificateFacts {
  /// Names beyond this many are not kept; certificates of content networks hold a few hundred.
  private static let nameLimit = 4096

  /// SubjectAltName, RFC 5280 §4.2.1.6.
  mutating func readAlternativeNames(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let sequence = try reader.next(.sequence, "subjectAltName")
    noteFlaw(sequence, "subjectAltName")
    var list = reader.inside(sequence)
    if list.isAtEnd { note("subjectAltName: empty") }
    while !list.isAtEnd {
      guard dnsNames.count + ipAddresses.count + otherNames.count < Self.nameLimit else {
        return note("subjectAltName: over \(Self.nameLimit) names")
      }
      readGeneralName(try list.next(), in: list)
    }
  }

  private mutating func readGeneralName(_ name: DERElement, in reader: DERReader) {
    let content = reader.content(name)
    switch name.tag {
    case .context(2): dnsNames.append(ASN1Text.harmless(content))
    case .context(7):
      if let text = IPAddress(octets: content)?.description {
        ipAddresses.append(text)
      } else {
        note("subjectAltName: an IP address of \(content.count) octets")
        otherNames.append("ip:0x\(hexadecimal(content, limit: 32))")
      }
    case .context(1): otherNames.append("email:\(ASN1Text.harmless(content))")
    case .context(6): otherNames.append("uri:\(ASN1Text.harmless(content))")
    case .context(8): otherNames.append("rid:\(OID.dotted(content))")
    case .constructedContext(0): readOtherName(reader.inside(name))
    case .constructedContext(4):
      var inside = reader.inside(name)
      if let sequence = try? inside.next(.sequence, "directoryName") {
        otherNames.append("dirName:\(DistinguishedName(inside.inside(sequence)).text)")
      }
    case .constructedContext(3): otherNames.append("x400Address")
    case .constructedContext(5): otherNames.append("ediPartyName")
    default: note("subjectAltName: unknown kind of name 0x\(String(name.tag.octet, radix: 16))")
    }
  }

  private static let otherNameKinds: [OID: String] = [
    OID("1.3.6.1.4.1.311.20.2.3"): "upn", OID("1.3.6.1.5.5.7.8.5"): "xmpp", OID("1.3.6.1.5.5.7.8.7"): "srv",
    OID("1.3.6.1.5.5.7.8.9"): "smtp", OID("1.3.6.1.5.2.2"): "kerberos",
  ]

  /// OtherName: an identifier, and a value of the type that it implies; shown where that is a string.
  private mutating func readOtherName(_ bytes: DERReader) {
    var fields = bytes
    do {
      let identifier = try fields.next(.objectIdentifier, "type-id")
      let content = fields.content(identifier)
      let kind = Self.otherNameKinds[OID(content: content)] ?? "otherName:\(OID.dotted(content))"
      let tagged = try fields.next(.constructedContext(0), "value")
      var inside = fields.inside(tagged)
      let value = try inside.next()
      var text: [UInt8] = []
      let isText = ASN1Text.appendUTF8(inside.content(value), tag: value.tag, to: &text)
      otherNames.append(isText ? "\(kind):\(ASN1Text.harmless(text.span))" : kind)
    } catch {
      note("subjectAltName: otherName: \(error)")
    }
  }
}
