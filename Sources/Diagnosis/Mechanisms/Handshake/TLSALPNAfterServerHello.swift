import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsALPNAfterServerHello = Mechanism(
    MechanismID(.tlsALPN, "after-server-hello"),
    CauseDescription(
      "The server gives up when it comes to ALPN",
      "The server chose version, cipher suite and group, and gave up behind its ServerHello: none of the application "
        + "protocols that the client offers suits it.",
      evidence:
        "in TLS 1.3 a ServerHello, then an encrypted record of an alert's size or nothing, then the server's close"),
    stage: .serverHello,
    event: { inquiry in
      guard let last = inquiry.givenUpAfterServerHello, let grade = inquiry.protocolDoubt, let hello = inquiry.hello
      else { return nil }
      return Claim(
        grade,
        "The server gave up after its ServerHello; the likeliest reason is that none of the client's application protocols suits it",
        [
          last,
          inquiry.observed(
            .offeredProtocols, inquiry.helloFrames,
            "the ClientHello offers \(Escaped.list(hello.applicationProtocols))"),
        ] + inquiry.workingProtocols,
        told:
          "None of the client's application protocols suits the server: \(Escaped.list(hello.applicationProtocols, limit: 4))"
      )
    })
}

extension Inquiry {
  /// How far the protocols offered are under suspicion; nil where they cannot be the reason.
  var protocolDoubt: Grade? {
    guard let hello, !hello.applicationProtocols.isEmpty else { return nil }
    let offered = Set(hello.applicationProtocols.filter { !$0.isGREASEProtocol })
    guard let workingHello else { return .usual }
    let others = Set(workingHello.applicationProtocols.filter { !$0.isGREASEProtocol })
    if let chosen = workingProtocol { return offered.contains(chosen) ? nil : .strong }
    if others.isEmpty { return .usual }
    if offered.isSuperset(of: others) { return nil }
    return offered.isDisjoint(with: others) ? .strong : .usual
  }

  /// The protocol that the server chose for the working client, where it shows.
  private var workingProtocol: String? {
    workingServerHello?.applicationProtocol ?? working?.transcript.encryptedExtensions?.value.applicationProtocol
  }
}

extension String {
  /// A reserved ALPN value of RFC 8701 §4: two equal bytes 0x?a.
  fileprivate var isGREASEProtocol: Bool {
    let bytes = Array(utf8)
    return bytes.count <= 6 && !bytes.isEmpty && !bytes.allSatisfy { (0x20...0x7e).contains($0) }
  }
}
