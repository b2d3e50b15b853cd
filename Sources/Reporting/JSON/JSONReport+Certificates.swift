import HandshakeModel
import NetworkValues
import TLSProtocol

extension JSONReport {
  /// A chain, leaf first. Where no Certificate message was seen the server's is an empty list, the client's null: an
  /// empty chain from a client is a statement.
  mutating func write(
    _ name: StaticString, _ chain: Observed<[Certificate]>?, isNullWhenAbsent: Bool, to writer: inout JSONWriter
  ) {
    if chain == nil, isNullWhenAbsent { return writer.nullMember(name) }
    writer.key(name)
    writer.beginArray()
    for certificate in chain?.value ?? [] {
      writer.beginObject()
      writer.member("frame", chain?.frame)
      writer.fragment(certificateFragments.fragment(for: certificate) { $0.members(of: certificate.facts) })
      writer.endObject()
    }
    writer.endArray()
  }
}

extension JSONWriter {
  fileprivate mutating func members(of facts: CertificateFacts) {
    member("subject", facts.subject)
    member("issuer", facts.issuer)
    member("serial_number", facts.serialNumber)
    member("not_before", facts.notBefore.map { CivilTime(secondsSinceEpoch: $0).rfc3339 })
    member("not_after", facts.notAfter.map { CivilTime(secondsSinceEpoch: $0).rfc3339 })
    list("dns_names", facts.dnsNames)
    list("ip_addresses", facts.ipAddresses)
    list("other_names", facts.otherNames)
    object("key") { writer in
      writer.member("algorithm", facts.keyAlgorithm)
      writer.member("bits", facts.keyBits)
      writer.member("curve", facts.keyCurve)
    }
    member("signature_algorithm", facts.signatureAlgorithm)
    member("is_ca", facts.isCertificateAuthority)
    member("path_length", facts.pathLengthConstraint)
    list("key_usage", facts.keyUsage)
    list("extended_key_usage", facts.extendedKeyUsage)
    member("authority_key_identifier", hexadecimal: facts.authorityKeyIdentifier)
    member("subject_key_identifier", hexadecimal: facts.subjectKeyIdentifier)
    member("must_staple", facts.requiresStaple)
    list("signed_certificate_timestamps", facts.signedCertificateTimestamps)
    member("sha256", hexadecimal: facts.sha256)
    list("problems", facts.problems)
    omittedMember()
  }
}
