import HandshakeModel
import TLSProtocol

extension Rule {
  /// no_application_protocol (RFC 7301 §3.2), in the clear.
  static let applicationProtocol = Rule(.tlsALPN) { inquiry in
    guard let ending = inquiry.ending, ending.alert == .noApplicationProtocol, let frame = ending.frame,
      let hello = inquiry.hello
    else { return [] }
    return [
      Finding(
        .tlsALPN, 97,
        "No application protocol in common: the client offers \(Escaped.list(hello.applicationProtocols))",
        evidence: [
          inquiry.evidence([frame], "\(ending.ender?.rawValue ?? "server") alert no_application_protocol (120)"),
          inquiry.evidence(inquiry.helloFrames, "the ClientHello offers \(Escaped.list(hello.applicationProtocols))"),
        ] + inquiry.workingProtocolEvidence())
    ]
  }

  /// A ServerHello, then a single encrypted record of an alert's size, then the close: rustls and others judge ALPN and
  /// signature schemes only after they have chosen version, suite and group.
  static let refusedAfterServerHello = Rule(.tlsALPN, .tlsSignatureScheme) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, connection.isTLS13, ending.ender == .server,
      ending.phase == .serverHello, ending.isEncryptedAlert || ending.isSilentClose, let frame = ending.frame,
      let answer = connection.serverHello, let hello = inquiry.hello
    else { return [] }
    let base = [
      inquiry.evidence(
        [answer.frame, frame],
        ending.isEncryptedAlert
          ? "the ServerHello is followed by one encrypted record of an alert's size, then the close: the server itself gave up"
          : "the ServerHello is followed by nothing but the close: the server itself gave up")
    ]
    var found: [Finding] = []
    if let strength = inquiry.protocolSuspicion() {
      found.append(
        Finding(
          .tlsALPN, strength,
          "The server gave up after its ServerHello; the likeliest reason is that none of the client's application protocols suits it",
          evidence: base
            + [
              inquiry.evidence(
                inquiry.helloFrames, "the ClientHello offers \(Escaped.list(hello.applicationProtocols))")
            ]
            + inquiry.workingProtocolEvidence()))
    }
    if let suspicion = inquiry.suspicions().first(where: { $0.code == .tlsSignatureScheme }) {
      found.append(
        Finding(
          .tlsSignatureScheme, min(89, suspicion.strength + 12),
          "The server gave up after its ServerHello; the likeliest reason is that the client accepts no signature scheme that fits its certificate",
          evidence: base + suspicion.evidence))
    } else if found.isEmpty {
      found.append(
        Finding(
          .tlsSignatureScheme, inquiry.working == nil ? 52 : 40,
          "The server gave up after its ServerHello; its certificate's key may fit none of the client's signature schemes",
          evidence: base + [
            inquiry.evidence(inquiry.helloFrames, "the ClientHello accepts \(Escaped.list(hello.signatureSchemes))")
          ]))
    }
    return found
  }
}

extension Inquiry {
  func workingProtocolEvidence() -> [Evidence] {
    guard let workingHello else { return [] }
    let chosen =
      workingServerHello?.applicationProtocol ?? working?.transcript.encryptedExtensions?.value.applicationProtocol
    return [
      workingEvidence(
        workingHelloFrames,
        "the working client offers \(Escaped.list(workingHello.applicationProtocols))"
          + (chosen.map { "; the server chose \(Escaped.text($0))" } ?? ""))
    ]
  }

  /// How far the protocols offered are under suspicion; nil where they cannot be the reason.
  func protocolSuspicion() -> Int? {
    guard let hello, !hello.applicationProtocols.isEmpty else { return nil }
    let offered = Set(hello.applicationProtocols.filter { !$0.isGREASEProtocol })
    guard let workingHello else { return 66 }
    let working = Set(workingHello.applicationProtocols.filter { !$0.isGREASEProtocol })
    if let chosen = workingServerHello?.applicationProtocol
      ?? self.working?.transcript.encryptedExtensions?.value.applicationProtocol
    {
      return offered.contains(chosen) ? nil : 88
    }
    if working.isEmpty { return 70 }
    if offered.isSuperset(of: working) { return nil }
    return offered.isDisjoint(with: working) ? 86 : 64
  }
}

extension String {
  /// A reserved ALPN value of RFC 8701 §4: two equal bytes 0x?a.
  fileprivate var isGREASEProtocol: Bool {
    let bytes = Array(utf8)
    return bytes.count <= 6 && !bytes.isEmpty && !bytes.allSatisfy { (0x20...0x7e).contains($0) }
  }
}
