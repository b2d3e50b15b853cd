import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsCipherSuiteTooWeak = Mechanism(
    MechanismID(.tlsCipherSuite, "too-weak"),
    CauseDescription(
      "The server finds the client's offer too weak",
      "The server knows the cipher suites that the client offers and demands stronger ones (RFC 8446 §6.2).",
      evidence: "alert insufficient_security (71) from the server"),
    stage: .clientHello,
    event: { inquiry in
      guard let ending = inquiry.ending, ending.alert == .insufficientSecurity, ending.ender == .server,
        let hello = inquiry.hello, let last = inquiry.endingObservation
      else { return nil }
      let suites = Offer(hello: hello).suites
      return Claim(
        .usual, "The server finds the client's offer too weak: \(Escaped.list(suites, limit: 4))",
        [
          last,
          inquiry.observed(.offeredSuites, inquiry.helloFrames, "the ClientHello offers \(Escaped.list(suites))"),
        ]
        // Servers that demand the extended master secret say the same of a hello without it.
      ).yielding(to: .tlsExtension)
    })
}
