import TLSProtocol

extension StackFamily {
  /// rustls, whatever provider of cryptography it has.
  public static let rustls = StackFamily(rawValue: "rustls")
}

extension StackProduct {
  /// A Python server on rustls and hyper.
  public static let granian = StackProduct(rawValue: "granian")
  /// A web framework in Rust.
  public static let actix = StackProduct(rawValue: "Actix Web")
  /// Rust's HTTP library, and what uses tokio-rustls.
  public static let hyper = StackProduct(rawValue: "hyper")
  /// A web framework on hyper.
  public static let axum = StackProduct(rawValue: "axum")
}

extension StackProfile {
  static let rustls = StackProfile(
    family: .rustls,
    audiences: [.rustls],
    programs: [
      StackProgram(
        .granian, audiences: [.granian], banners: ["server: granian"],
        logs: [.init("granian", .mark, Stack(.rustls, product: .granian))]),
      StackProgram(
        .actix, audiences: [.actix, .rustls], logs: [.init("actix_", .mark, Stack(.rustls, product: .actix))]),
      StackProgram(.hyper, audiences: [.hyper, .rustls]),
      StackProgram(.axum, audiences: [.hyper, .rustls], logs: [.init("axum", .mark, Stack(.rustls, product: .axum))]),
    ],
    hello: .signature(.rustls),
    answer: { answer in
      // Large enough for more than a Finished: since late 2024 rustls joins the messages of its flight.
      guard answer.isTLS13, answer.opens(with: [.keyShare, .supportedVersions]), answer.lengths.count == 1,
        let only = answer.lengths.first, only > answer.finishedLength + 64
      else { return nil }
      return .init(.possible, ["key_share before supported_versions", "the whole flight in one record"])
    },
    // rustls, enum CertificateError: UnknownIssuer is unknown_ca, BadSignature decrypt_error, Other certificate_unknown.
    trustAlerts: [.unknownCA],
    alertNotes: [
      .badRecordMAC: "Its error is DecryptError.",
      .handshakeFailure: "NoCipherSuitesInCommon, NoKxGroupsInCommon and NoSignatureSchemesInCommon all become this.",
      .badCertificate: "A client says it for a wrong name (NotValidForName).",
      .unsupportedCertificate: "InvalidPurpose.",
      .certificateExpired: "Also for certificates that are not valid yet.",
      .unknownCA: "UnknownIssuer; also for unknown or expired revocation lists.",
      .accessDenied: "Older versions say it where no certificate fits the server name.",
      .decodeError: "Also its answer to plaintext such as an HTTP request (InvalidMessage).",
      .decryptError: "A client also says it for certificates whose signature is bad or of an unknown kind.",
      .protocolVersion: "The server needs TLS 1.3 or 1.2 and the client offers neither that it enables.",
      .certificateRequired: "NoCertificatesPresented; in TLS 1.2 too.",
    ],
    // enum AlertDescription
    alertSpellings: [
      "UnrecognisedName": .unrecognizedName, "EncryptedClientHelloRequired": .echRequired,
    ],
    logs: LogPattern.rustls,
    logging: { side in
      [
        NextStep(
          "Let the \(side.name) \(side.role.rawValue) log (rustls needs its `logging` feature and a logger such as "
            + "env_logger), and pass the log with --\(side.role.rawValue)-log", command: "RUST_LOG=rustls=trace …"),
        NextStep("Set `config.key_log = Arc::new(rustls::KeyLogFile::new())`, and pass the file with --keylog"),
      ]
    })
}

extension StackSignature {
  fileprivate static let rustls = StackSignature(
    source: "rustls 0.23 in pyrtls, reqwest and uv, recorded; rustls/src/crypto/ring, aws_lc_rs",
    traits: [
      Weighted(
        4,
        .schemes(
          [0x0503, 0x0403, 0x0603, 0x0807, 0x0806, 0x0805, 0x0804, 0x0601, 0x0501, 0x0401, 0x0904, 0x0905, 0x0906],
          atLeast: 6),
        "signature schemes from strong to weak, ECDSA P-384 first"),
      Weighted(
        3, .suites([0x1302, 0x1301, 0x1303, 0xc02c, 0xc02b, 0xcca9, 0xc030, 0xc02f, 0xcca8, 0x00ff], atLeast: 3),
        "rustls' cipher suites and no others"),
      Weighted(1, .groups([0x11ec, 29, 23, 24], atLeast: 2), "rustls' groups"),
      Weighted(1, .lacks(.encryptThenMAC), "no encrypt_then_mac"),
    ])
}

extension LogPattern {
  private static let stack = Stack(.rustls)

  /// rustls' errors in their Debug and Display forms.
  fileprivate static let rustls: [LogPattern] = [
    .init("rustls::", .mark, stack), .init("tokio_rustls", .mark, stack), .init("rustls_", .mark, stack),
    .init("TlsAcceptError {", .mark, stack),
    .init("AlertReceived(", .alertName(fromPeer: true), stack),

    .init("Tls12NotOffered", .tlsVersion, .certain, stack),
    .init("SupportedVersionsExtensionRequired", .tlsVersion, .certain, stack),
    .init("ServerTlsVersionIsDisabledByOurConfig", .tlsVersion, .certain, stack),
    .init("ServerDoesNotSupportTls12Or13", .tlsVersion, .certain, stack),
    .init("NoCipherSuitesInCommon", .tlsCipherSuite, .certain, stack),
    // Also what a hello without any ECDHE suite ends in: the packets decide between group and suite.
    .init("NoKxGroupsInCommon", .tlsGroup, .possible, stack),
    .init("NamedGroupsExtensionRequired", .tlsGroup, .likely, stack),
    .init("KeyShareExtensionRequired", .tlsGroup, .likely, stack),
    .init("NoEcPointFormatsInCommon", .tlsGroup, .likely, stack),
    .init("incompatible signing key", .tlsSignatureScheme, .certain, stack),
    .init("NoSignatureSchemesInCommon", .tlsSignatureScheme, .certain, stack),
    // A client of TLS 1.1 or older sends none either.
    .init("SignatureAlgorithmsExtensionRequired", .tlsSignatureScheme, .possible, stack),
    .init("NoServerNameProvided", .tlsSNIMissing, .certain, stack),
    .init("no server certificate chain resolved", .tlsSNIUnrecognized, .likely, stack),
    .init("ExtendedMasterSecretExtensionRequired", .tlsExtension, .certain, stack),
    .init("ExtendedMainSecretExtensionRequired", .tlsExtension, .certain, stack),
    .init("NoApplicationProtocol", .tlsALPN, .certain, stack),
    .init("peer doesn't support any known protocol", .tlsALPN, .certain, stack),
    .init("NoCertificatesPresented", .certClientRequired, .certain, stack),
    .init("peer sent no certificates", .certClientRequired, .certain, stack),

    .init("InvalidCertificate(", .certRejected, .likely, stack),
    .init("invalid peer certificate", .certRejected, .likely, stack),
    .init("InvalidCertificate(UnknownIssuer", .certUntrusted, .likely, stack),
    .init("peer certificate: UnknownIssuer", .certUntrusted, .likely, stack),
    .init("InvalidCertificate(Expired", .certExpired, .certain, stack),
    .init("peer certificate: Expired", .certExpired, .certain, stack),
    .init("certificate expired: verification time", .certExpired, .certain, stack),
    .init("InvalidCertificate(NotValidYet", .certNotYetValid, .certain, stack),
    .init("peer certificate: NotValidYet", .certNotYetValid, .certain, stack),
    .init("certificate not valid yet: verification time", .certNotYetValid, .certain, stack),
    .init("InvalidCertificate(NotValidForName", .certNameMismatch, .certain, stack),
    .init("peer certificate: NotValidForName", .certNameMismatch, .certain, stack),
    .init("certificate not valid for name", .certNameMismatch, .certain, stack),
    .init("InvalidCertificate(Revoked", .certRevoked, .certain, stack),
    .init("peer certificate: Revoked", .certRevoked, .certain, stack),
    .init("UnknownRevocationStatus", .certRevoked, .likely, stack, by: "unknown"),
    .init("InvalidCertificate(ExpiredRevocationList", .certRevoked, .certain, stack, by: "unknown"),
    .init("InvalidCertificate(InvalidPurpose", .certUsage, .certain, stack),
    .init("peer certificate: InvalidPurpose", .certUsage, .certain, stack),
    .init("certificate does not allow extended key usage for", .certUsage, .certain, stack),
    // A self-signed certificate that says it is an authority, as OpenSSL's defaults make it.
    .init("CaUsedAsEndEntity", .certUsage, .certain, stack, by: "ca-as-leaf"),
    .init("UnsupportedSignatureAlgorithm", .certWeak, .likely, stack, by: "unknown-signature"),
    .init("NameConstraintViolation", .certUsage, .certain, stack, by: "name-constraints"),
    .init("PathLenConstraintViolated", .certUsage, .certain, stack, by: "path-length"),
    .init("MaximumPathDepthExceeded", .certUsage, .certain, stack, by: "path-length"),
    .init("EndEntityUsedAsCa", .certUsage, .certain, stack, by: "no-authority"),
    .init("HandshakePayloadTooLarge", .tlsIntolerance, .certain, stack, by: "large-message"),
    .init("InvalidCertificate(BadSignature", .certRejected, .certain, stack, by: "bad-signature"),
    .init("peer certificate: BadSignature", .certRejected, .certain, stack, by: "bad-signature"),

    .init(
      "InvalidContentType", .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .certain), stack),
    .init("InvalidMessage(", .bySide(client: .tlsMalformed, server: .tlsMalformed, .possible), stack),
    .init("received corrupt message", .bySide(client: .tlsMalformed, server: .tlsMalformed, .possible), stack),
    .init("PeerMisbehaved(", .tlsMalformed, .likely, stack), .init("peer misbehaved:", .tlsMalformed, .likely, stack),
    .init("cannot decrypt peer's message", .tlsDecrypt, .certain, stack),
    .init("error: DecryptError", .tlsDecrypt, .certain, stack),
    .init("tls handshake eof", .peerClosed, stack),
    .init("peer closed connection without sending TLS close_notify", .peerClosed, stack),
  ]
}
