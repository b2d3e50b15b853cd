import NetworkValues
import TLSProtocol

/// Every field of a certificate.
enum CertificateFields {
  typealias Field = ConnectionFields.Field

  static func fields(of facts: CertificateFacts) -> [Field] {
    var fields = [
      Field("subject", facts.subject), Field("issuer", facts.isSelfIssued ? "itself" : facts.issuer),
      Field("serial number", facts.serialNumber),
    ]
    if let date = facts.notBefore { fields.append(Field("not before", CivilTime(secondsSinceEpoch: date).rfc3339)) }
    if let date = facts.notAfter { fields.append(Field("not after", CivilTime(secondsSinceEpoch: date).rfc3339)) }
    func list(_ label: String, _ values: [String]?) {
      guard let values, !values.isEmpty else { return }
      let shown = values.prefix(40).joined(separator: ", ")
      fields.append(Field(label, values.count > 40 ? "\(shown) and \(values.count - 40) more" : shown))
    }
    list("DNS names", facts.dnsNames)
    list("IP addresses", facts.ipAddresses)
    list("other names", facts.otherNames)
    fields.append(Field("key", CertificateLines.key(of: facts)))
    fields.append(Field("signature", facts.signatureAlgorithm))
    if let isAuthority = facts.isCertificateAuthority { fields.append(Field("CA", isAuthority ? "yes" : "no")) }
    if let length = facts.pathLengthConstraint { fields.append(Field("path length", "\(length)")) }
    list("key usage", facts.keyUsage)
    list("extended usage", facts.extendedKeyUsage)
    if let key = facts.subjectKeyIdentifier { fields.append(Field("subject key", Hexadecimal.text(key))) }
    if let key = facts.authorityKeyIdentifier { fields.append(Field("authority key", Hexadecimal.text(key))) }
    for timestamp in facts.signedCertificateTimestamps { fields.append(Field("SCT", RareFields.text(of: timestamp))) }
    if facts.requiresStaple { fields.append(Field("must staple", "yes")) }
    list("OCSP", facts.ocspResponders)
    list("CA issuers", facts.caIssuers)
    list("critical, unknown", facts.criticalExtensionsNotUnderstood)
    fields.append(Field("SHA-256", Hexadecimal.text(facts.sha256)))
    list("problems", facts.problems)
    return fields
  }
}
