import HandshakeModel
import TLSProtocol

extension Rule {
  /// inappropriate_fallback (RFC 7507 §3): the client retried with a lower version than the server speaks.
  static let inappropriateFallback = Rule(.tlsFallback) { inquiry in
    guard let ending = inquiry.ending, ending.alert == .inappropriateFallback, let frame = ending.frame,
      let hello = inquiry.hello
    else { return [] }
    return [
      Finding(
        .tlsFallback, 98,
        "The client fell back to an older version with TLS_FALLBACK_SCSV, and the server speaks a newer one",
        evidence: [
          inquiry.evidence([frame], "server alert inappropriate_fallback (86)"),
          inquiry.evidence(
            inquiry.helloFrames,
            "the ClientHello offers \(Escaped.versions(Offer(hello: hello).versions)) and carries TLS_FALLBACK_SCSV"),
        ])
    ]
  }
}
