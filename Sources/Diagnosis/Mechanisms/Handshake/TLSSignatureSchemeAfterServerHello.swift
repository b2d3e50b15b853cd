import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsSignatureSchemeAfterServerHello = Mechanism(
    MechanismID(.tlsSignatureScheme, "after-server-hello"),
    CauseDescription(
      "The server finds no way to sign",
      "The server chose version, cipher suite and group, and gave up when it came to sign: the client accepts no signature "
        + "scheme that its certificate's key has.",
      evidence:
        "in TLS 1.3 a ServerHello, then an encrypted record of an alert's size or nothing, then the server's close"),
    stage: .serverHello,
    event: { inquiry in
      guard let last = inquiry.givenUpAfterServerHello, let hello = inquiry.hello else { return nil }
      if let doubt = inquiry.doubt(about: .signatureScheme) {
        return Claim(
          min(doubt.grade.raised, .strong),
          "The server gave up after its ServerHello; the likeliest reason is that the client accepts no signature scheme that fits its certificate",
          [last] + doubt.observations, told: told(hello))
      }
      guard inquiry.protocolDoubt == nil else { return nil }
      let claim = Claim(
        .hint,
        "The server gave up after its ServerHello; its certificate's key may fit none of the client's signature schemes",
        [
          last,
          inquiry.observed(
            .offeredSchemes, inquiry.helloFrames,
            "the ClientHello accepts \(Escaped.list(hello.signatureSchemes))"),
        ], told: told(hello))
      return inquiry.working == nil ? claim : claim.yielding(to: .tlsUnknown)
    })

  private static func told(_ hello: ClientHello) -> String {
    "The client accepts no signature scheme that fits the server's certificate: \(Escaped.list(hello.signatureSchemes, limit: 4))"
  }
}
