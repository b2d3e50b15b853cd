import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtension = Mechanism(
    MechanismID(.tlsExtension),
    CauseDescription(
      "Extension required or refused",
      "One side insists on an extension that the other does not send, such as the extended master secret or secure "
        + "renegotiation, or refuses one that it does send.",
      evidence: "alert missing_extension (109), unsupported_extension (110), insufficient_security (71) or "
        + "handshake_failure (40), and an extension that only the working hello carries"),
    stage: .clientHello,
    event: { $0.refusedExtension },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Send the extended master secret: jdk.tls.useExtendedMasterSecret must not be false",
            "java -Djdk.tls.useExtendedMasterSecret=true -Djdk.tls.allowLegacyMasterSecret=true …")
        ],
        .rustls: [.init("`config.require_ems = false` where a TLS 1.2 server cannot send extended_master_secret")],
        .opensslCommand: [
          .init(
            "OpenSSL 3 refuses servers without secure renegotiation: -legacy_server_connect, or option "
              + "UnsafeLegacyServerConnect in openssl.cnf, confirms it",
            "openssl s_client -connect {endpoint} -legacy_server_connect </dev/null")
        ],
        .python: [
          .init(
            "Old servers without secure renegotiation need ssl.OP_LEGACY_SERVER_CONNECT (Python 3.12)",
            "context.options |= ssl.OP_LEGACY_SERVER_CONNECT")
        ],
        .node: [
          .init(
            "Old servers without secure renegotiation: option `secureOptions: crypto.constants.SSL_OP_LEGACY_SERVER_CONNECT`"
          )
        ],
        .any: [.init("Upgrade, or enable the extension that the server requires")],
      ],
      server: [
        .rustls: [
          .init("`config.require_ems = false` where TLS 1.2 clients without extended_master_secret must be served")
        ],
        .any: [.init("Do not require the extension, where old clients must be served")],
      ],
      steps: [
        .init(
          "Send a hello with extended_master_secret and renegotiation_info: passes where one of them was missing",
          "openssl s_client -connect {endpoint} -tls1_2 </dev/null")
      ],
      confirm: { HandshakeConfirmation.plan($0, change: sendExtendedMasterSecret) }))

  private static func sendExtendedMasterSecret(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard !offer.sendsExtendedMasterSecret else { return nil }
    offer.sendsExtendedMasterSecret = true
    return "The same with the extended master secret: should pass"
  }
}

extension Inquiry {
  /// One side says by alert that an extension is missing, or that it did not ask for one.
  fileprivate var refusedExtension: Claim? {
    guard let ending, let alert = ending.alert, alert == .missingExtension || alert == .unsupportedExtension,
      let ender = ending.ender, let last = endingObservation, let carried = carriedExtensions
    else { return nil }
    return Claim(
      .proof,
      alert == .missingExtension
        ? "The \(ender.rawValue) misses an extension that it requires"
        : "The \(ender.rawValue) refuses an extension that it was sent", [last, carried])
  }

  /// The extensions of the failing ClientHello.
  var carriedExtensions: Observation? {
    guard let hello else { return nil }
    return observed(
      .offeredExtensions, helloFrames,
      "the ClientHello carries \(Escaped.list(hello.extensionTypes, limit: 24))")
  }
}

extension AlertDescription {
  /// The alert names an extension, or that one is missing, as the reason.
  var isAboutExtensions: Bool { [.missingExtension, .unsupportedExtension, .echRequired].contains(self) }
}
