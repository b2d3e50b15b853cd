import TLSProtocol

extension FuzzTarget {
  /// Certificates: facts, names, signatures and how they hang together. A byte of 0xff, 0xfe in a row separates two.
  static let certificate = FuzzTarget("certificate") { bytes in
    var facts: [CertificateFacts] = []
    var script = InputScript(bytes)
    while !script.isAtEnd, facts.count < 4 {
      let length = script.word()
      facts.append(CertificateFacts(der: script.take(length)))
    }
    guard let first = facts.first else { return }
    claim(first.subject.utf8.count < 200_000, "a name is bounded")
    for name in ["service.test", "192.0.2.1", "xn--nxasmq6b.test", first.dnsNames.first ?? ""] {
      _ = first.matches(name: name)
    }
    for other in facts {
      _ = first.nameConstraints?.firstViolation(in: other)
      _ = other.checkSignature(issuer: first)
    }
    let chain = CertificateChain(facts, at: 1_700_000_000)
    claim(chain.path.count + chain.unused.count == facts.count, "every certificate is used or not")
  }

  /// Stapled OCSP responses, certificate timestamps and names by themselves.
  static let ocsp = FuzzTarget("ocsp") { bytes in
    guard let kind = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    switch kind & 3 {
    case 0: claim(SignedCertificateTimestamp.list(rest).count <= rest.count, "no timestamp is empty")
    case 1: _ = DistinguishedNames.text(der: rest)
    default:
      let response = OCSPResponse(der: rest)
      claim(response.answers.count <= 64 && response.certificates.count <= 8, "a response is bounded")
      if let certificate = response.certificates.first {
        _ = response.answer(for: certificate)
        _ = response.checkSignature(issuer: certificate)
      }
    }
  }
}
