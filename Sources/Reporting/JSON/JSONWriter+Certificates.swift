import HandshakeModel
import PacketCapture
import TLSProtocol

extension JSONWriter {
  /// A chain, leaf first; null where no Certificate message was seen, since an empty one is a statement.
  mutating func certificates(_ name: String, _ chain: Observed<[Certificate]>?) {
    guard let chain else {
      // The server's list is an array in every connection.
      if name == "certificates" { array(name) { _ in } } else { nullMember(name) }
      return
    }
    array(name) { writer in
      for certificate in chain.value { writer.certificate(certificate.facts, frame: chain.frame) }
    }
  }

  private mutating func certificate(_ facts: CertificateFacts, frame: Int) {
    object { writer in
      writer.member("frame", frame)
      writer.member("subject", facts.subject)
      writer.member("issuer", facts.issuer)
      writer.member("serial_number", facts.serialNumber)
      writer.member("not_before", facts.notBefore.map { CivilTime(secondsSinceEpoch: $0).rfc3339 })
      writer.member("not_after", facts.notAfter.map { CivilTime(secondsSinceEpoch: $0).rfc3339 })
      writer.member("dns_names", facts.dnsNames)
      writer.member("ip_addresses", facts.ipAddresses)
      writer.member("other_names", facts.otherNames)
      writer.object("key") { writer in
        writer.member("algorithm", facts.keyAlgorithm)
        writer.member("bits", facts.keyBits)
        writer.member("curve", facts.keyCurve)
      }
      writer.member("signature_algorithm", facts.signatureAlgorithm)
      writer.member("is_ca", facts.isCertificateAuthority)
      writer.member("path_length", facts.pathLengthConstraint)
      writer.member("key_usage", facts.keyUsage)
      writer.member("extended_key_usage", facts.extendedKeyUsage)
      writer.member("authority_key_identifier", hexadecimal: facts.authorityKeyIdentifier)
      writer.member("subject_key_identifier", hexadecimal: facts.subjectKeyIdentifier)
      writer.member("must_staple", facts.requiresStaple)
      writer.member("sha256", hexadecimal: facts.sha256)
      writer.member("problems", facts.problems)
    }
  }
}
