import TLSProtocol

extension StackFamily {
  /// GnuTLS, and what is built on it.
  public static let gnuTLS = StackFamily(rawValue: "GnuTLS")
}

extension StackProduct {
  /// The command line of GnuTLS.
  public static let gnutlsCommand = StackProduct(rawValue: "gnutls-cli")
  /// GNU Wget, as Debian builds it.
  public static let wget = StackProduct(rawValue: "Wget")
}

extension StackProfile {
  static let gnuTLS = StackProfile(
    family: .gnuTLS,
    audiences: [.gnutls],
    programs: [
      StackProgram(.gnutlsCommand, audiences: [.gnutls]),
      StackProgram(.wget, audiences: [.gnutls], logs: LogPattern.wget),
    ],
    hello: .signature(.gnuTLS),
    trustAlerts: [.unknownCA, .badCertificate, .certificateUnknown],
    alertNotes: [.badCertificate: "A client says it for untrusted, expired and incomplete chains alike."],
    // gnutls_alert_get_name
    alertSpellings: [
      "CA is unknown": .unknownCA,
      "Certificate is bad": .badCertificate,
      "Certificate was revoked": .certificateRevoked,
      "Certificate is expired": .certificateExpired,
      "Certificate was not supported": .unsupportedCertificate,
      "Unknown certificate": .certificateUnknown,
      "Handshake failed": .handshakeFailure,
      "Error in protocol version": .protocolVersion,
      "Access was denied": .accessDenied,
      "The server name sent was not recognized": .unrecognizedName,
      "No supported application protocol could be negotiated": .noApplicationProtocol,
      "Certificate is required": .certificateRequired,
      "The SRP/PSK username is missing or not known": .unknownPSKIdentity,
      "An extension was expected but was not seen": .missingExtension,
      "An unsupported extension was sent": .unsupportedExtension,
      "Could not retrieve the specified certificate": .certificateUnobtainable,
    ],
    logs: LogPattern.gnuTLS,
    logging: { _ in
      [NextStep("Let GnuTLS write its keys, and pass them with --keylog", command: "SSLKEYLOGFILE=/tmp/keys.log …")]
    })
}

extension StackSignature {
  fileprivate static let gnuTLS = StackSignature(
    source: "GnuTLS 3.7 in gnutls-cli and Wget, recorded",
    traits: [
      Weighted(
        4,
        .schemes(
          [
            0x0401, 0x0809, 0x0804, 0x0403, 0x0807, 0x0501, 0x080a, 0x0805, 0x0503, 0x0808, 0x0601, 0x080b, 0x0806,
            0x0603, 0x0201, 0x0203,
          ], atLeast: 8), "signature schemes grouped by hash"),
      Weighted(
        3,
        .suites(
          [
            0x1302, 0x1303, 0x1301, 0x1304, 0xc02c, 0xcca9, 0xc0ad, 0xc00a, 0xc02b, 0xc0ac, 0xc009, 0xc030, 0xcca8,
            0xc014, 0xc02f, 0xc013, 0x009d, 0xc09d, 0x0035, 0x009c, 0xc09c, 0x002f, 0x009f, 0xccaa, 0xc09f, 0x0039,
            0x009e, 0xc09e, 0x0033,
          ], atLeast: 5), "GnuTLS's order of cipher suites"),
      Weighted(2, .groups([23, 24, 25, 29, 30, 256, 257, 258, 259, 260], atLeast: 4), "P-256 before X25519"),
      Weighted(1, .recordSizeLimit(16385), "a record size limit"),
    ])
}

extension LogPattern {
  private static let stack = Stack(.gnuTLS)
  private static let wgetStack = Stack(.gnuTLS, product: .wget)

  /// GnuTLS and gnutls-cli.
  fileprivate static let gnuTLS: [LogPattern] = [
    .init("gnutls", .mark, stack), .init("- Status: The certificate is", .mark, stack),
    .init("*** Received alert [", .alertNumber(fromPeer: true), stack),
    .init("The certificate is NOT trusted.", .certRejected, .likely, stack),
    .init("requires the server to include an OCSP status", .certRevoked, .certain, stack, by: "must-staple"),
    .init(
      "Diffie-Hellman prime sent by the server is not acceptable", .tlsGroup, .certain, stack, by: "dh-too-small"),
    .init("The certificate issuer is unknown.", .certUntrusted, .likely, stack),
    .init("The certificate issuer is not a CA.", .certUsage, .certain, stack, by: "no-authority"),
    .init("uses expired certificate", .certExpired, .certain, stack),
    .init("uses not yet valid certificate", .certNotYetValid, .certain, stack),
    .init("name in the certificate does not match the expected", .certNameMismatch, .certain, stack),
    .init("The certificate chain is revoked", .certRevoked, .certain, stack),
    .init("uses insecure algorithm", .certWeak, .certain, stack),
    .init("PKI verification of server certificate failed", .certRejected, .possible, stack),
    .init("Error in the certificate verification", .certRejected, .likely, stack),
    .init("No certificate was found", .certClientRequired, .likely, stack),
    .init(
      "An unexpected TLS packet was received",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .likely), stack),
    .init("No supported cipher suites have been found", .tlsCipherSuite, .certain, stack),
    .init("Could not negotiate a supported cipher suite", .tlsCipherSuite, .certain, stack),
    .init("illegal or unsupported version was received", .tlsVersion, .certain, stack),
    .init("No common key share with peer", .tlsGroup, .certain, stack),
    .init("No common application protocol could be negotiated", .tlsALPN, .certain, stack),
    .init("None of the provided settings compatible signature", .tlsSignatureScheme, .likely, stack),
    .init("Error in handshake: A TLS fatal alert has been received", .tlsUnknown, .possible, stack),
    .init("Decryption has failed.", .tlsDecrypt, .likely, stack),
    .init("TLS connection was non-properly terminated", .peerClosed, stack),
  ]

  /// Wget.
  fileprivate static let wget: [LogPattern] = [
    .init("ERROR: cannot verify ", .certRejected, .likely, wgetStack),
    .init("Unable to locally verify the issuer's authority", .certUntrusted, .likely, wgetStack),
    .init("doesn't match requested host name", .certNameMismatch, .certain, wgetStack),
    .init("no certificate subject alternative name matches", .certNameMismatch, .certain, wgetStack),
  ]
}
