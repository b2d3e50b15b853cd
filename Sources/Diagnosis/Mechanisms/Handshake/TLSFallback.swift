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
    event: { _ in nil },
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
      ]))
}
