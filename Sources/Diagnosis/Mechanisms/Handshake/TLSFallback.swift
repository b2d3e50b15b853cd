import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsFallback = Mechanism(
    MechanismID(.tlsFallback),
    CauseDescription(
      "Version fallback refused",
      "The client retried with a lower version and said so (TLS_FALLBACK_SCSV); the server supports a higher one and "
        + "refuses the downgrade.",
      evidence: "the suite 0x5600 in the hello, alert inappropriate_fallback (86)"),
    stage: .clientHello,
    event: { inquiry in
      guard inquiry.ending?.alert == .inappropriateFallback, inquiry.ending?.frame != nil, let hello = inquiry.hello
      else {
        return nil
      }
      let isSignalled = hello.cipherSuites.contains { $0.rawValue == 0x5600 }
      let versions = Escaped.versions(Offer(hello: hello).versions)
      return Claim(
        .proof,
        isSignalled
          ? "The client fell back to an older version with TLS_FALLBACK_SCSV, and the server speaks a newer one"
          : "The server takes the client's version for a fallback from a newer one, which it speaks",
        [
          inquiry.endingObservation,
          inquiry.observed(.offeredVersions, inquiry.helloFrames, "the ClientHello offers \(versions)"),
          isSignalled
            ? inquiry.observed(.fallbackSignal, inquiry.helloFrames, "the ClientHello carries TLS_FALLBACK_SCSV") : nil,
        ].compactMap(\.self))
    },
    advice: Advice(
      mends: .client,
      client: [
        .opensslCommand: [
          .init(
            "Leave SSL_MODE_SEND_FALLBACK_SCSV (-fallback_scsv) out: it belongs on a retry only",
            "openssl s_client -connect {endpoint} </dev/null")
        ],
        .any: [.init("Remove the retry with a lower version: it hides why the first try failed")],
      ],
      server: [
        .any: [.init("Nothing: refusing the downgrade is right. See why the client's first try failed")]
      ],
      confirm: { it in
        HandshakeConfirmation.plan(it, prepare: { $0.sendsFallbackSignal = true }) { offer, _ in
          offer.sendsFallbackSignal = false
          return "The same without the fallback signal: should pass"
        }
      }))
}
