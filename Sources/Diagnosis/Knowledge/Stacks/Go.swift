import TLSProtocol

extension StackFamily {
  /// Go's own, `crypto/tls`.
  public static let go = StackFamily(rawValue: "Go crypto/tls")
}

extension StackProduct {
  /// A Go program.
  public static let go = StackProduct(rawValue: "Go")
}

extension StackProfile {
  static let go = StackProfile(
    family: .go,
    audiences: [.go],
    programs: [
      StackProgram(.go, audiences: [.go], banners: ["client sent an http request to an https server"])
    ],
    hello: .signature(.go),
    // crypto/tls, verifyServerCertificate: bad_certificate, whatever the reason.
    trustAlerts: [.badCertificate, .unknownCA],
    alertNotes: [
      .unexpectedMessage: "Sent on a first record that does not look like TLS.",
      .internalError: "Sent where GetCertificate or GetConfigForClient returns an error, as for an unknown name.",
      .handshakeFailure: "Sent by servers without a suite, curve or certificate that fits.",
      .badCertificate: "A client says it for untrusted authorities and wrong names.",
    ],
    // crypto/tls/alert.go
    alertSpellings: [
      "unknown certificate": .certificateUnknown,
      "unknown certificate authority": .unknownCA,
      "expired certificate": .certificateExpired,
      "revoked certificate": .certificateRevoked,
      "error decoding message": .decodeError,
      "error decrypting message": .decryptError,
      "protocol version not supported": .protocolVersion,
      "insufficient security level": .insufficientSecurity,
      "encrypted client hello required": .echRequired,
    ],
    logs: LogPattern.go,
    logging: { side in
      [
        NextStep(
          "Set `tls.Config.KeyLogWriter` in the Go \(side.role.rawValue), and pass the file with --keylog")
      ]
    })
}

extension StackSignature {
  fileprivate static let go = StackSignature(
    source: "Go 1.19, 1.21, 1.27, recorded; crypto/tls/handshake_messages.go, cipher_suites.go, defaults.go",
    traits: [
      Weighted(3, .tls13SuitesLast, "TLS 1.3 suites behind the others"),
      Weighted(
        4,
        .schemes(
          [
            0x0904, 0x0905, 0x0906, 0x0804, 0x0403, 0x0807, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0503, 0x0603,
            0x0201, 0x0203,
          ], atLeast: 7),
        "Go's order of signature schemes"),
      Weighted(
        2,
        .suites(
          [
            0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014, 0x009c, 0x009d, 0x002f,
            0x0035, 0xc012, 0x000a, 0x1301, 0x1302, 0x1303,
          ], atLeast: 4), "Go's order of cipher suites"),
      Weighted(1, .groups([0x11ec, 0x6399, 29, 23, 24, 25], atLeast: 2), "Go's groups"),
    ],
    versions: [
      Narrowing("1.27 or later", [.hasScheme(.mldsa44)]), Narrowing("1.24 or later", [.hasGroup(.x25519MLKEM768)]),
      Narrowing("1.23", [.hasGroup(.x25519Kyber768Draft00)]),
      Narrowing("1.21 or later", [.has(.extendedMasterSecret)]),
      Narrowing("1.20 or earlier", [.lacks(.extendedMasterSecret)]),
    ])
}

extension LogPattern {
  private static let stack = Stack(.go, product: .go)

  /// Go's crypto/tls, crypto/x509 and net/http.
  fileprivate static let go: [LogPattern] = [
    .init("remote error: tls: ", .alertName(fromPeer: true), stack),
    .init("local error: tls: ", .alertName(fromPeer: false), stack),
    .init("http: TLS handshake error from ", .mark, stack), .init("x509: ", .mark, stack),
    .init("http: TLS handshake error from ", .tlsUnknown, .possible, stack),

    .init("certificate signed by unknown authority", .certUntrusted, .likely, stack),
    .init("certificate is not trusted", .certUntrusted, .likely, stack),
    .init("certificate is not standards compliant", .certUsage, .likely, stack),
    .init("certificate has expired or is not yet valid", .certExpired, .likely, stack),
    .init("Z is before 20", .certNotYetValid, .certain, stack), .init("Z is after 20", .certExpired, .certain, stack),
    .init("x509: certificate is valid for ", .certNameMismatch, .certain, stack),
    .init("x509: certificate is not valid for any names", .certNameMismatch, .certain, stack),
    .init("doesn't contain any IP SANs", .certNameMismatch, .certain, stack),
    .init("relies on legacy Common Name", .certNameMismatch, .certain, stack, by: "common-name"),
    .init("incompatible key usage", .certUsage, .certain, stack),
    .init("certificate is not authorized to sign other certificates", .certUsage, .certain, stack, by: "no-authority"),
    .init("certificate is not authorized to sign for this name", .certUsage, .certain, stack, by: "name-constraints"),
    .init("too many intermediates for path length constraint", .certUsage, .certain, stack, by: "path-length"),
    .init("tls: handshake message of length ", .tlsIntolerance, .certain, stack, by: "large-message"),
    .init("cannot verify signature: insecure algorithm", .certWeak, .certain, stack),
    .init("tls: failed to verify certificate", .certRejected, .likely, stack),
    .init("tls: failed to verify client certificate", .certClientRejected, .certain, stack),
    .init("client didn't provide a certificate", .certClientRequired, .certain, stack),

    .init(
      "first record does not look like a TLS handshake",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .certain), stack),
    .init("server gave HTTP response to HTTPS client", .appPlaintextServer, .certain, stack),
    .init("client sent an HTTP request to an HTTPS server", .appPlaintextClient, .certain, stack),
    .init(
      "oversized record received", .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .likely), stack),
    .init("no cipher suite supported by both client and server", .tlsCipherSuite, .certain, stack),
    .init("server chose an unconfigured cipher suite", .tlsCipherSuite, .certain, stack),
    .init("client offered only unsupported versions", .tlsVersion, .certain, stack),
    .init("server selected unsupported protocol version", .tlsVersion, .certain, stack, by: "chosen"),
    .init("no supported versions satisfy", .tlsVersion, .certain, stack),
    .init("no ECDHE curve supported by both client and server", .tlsGroup, .certain, stack),
    .init("server selected unsupported curve", .tlsGroup, .certain, stack),
    .init("server selected unsupported group", .tlsGroup, .certain, stack),
    .init("peer doesn't support any of the certificate's signature algorithms", .tlsSignatureScheme, .certain, stack),
    .init("client requested unsupported application protocols", .tlsALPN, .certain, stack),
    .init("missing selected ALPN property", .tlsALPN, .certain, by: "not-chosen"),
    .init("client using inappropriate protocol fallback", .tlsFallback, .certain, stack),
    .init("acme/autocert: host ", .tlsSNIUnrecognized, .certain, stack),
    .init("acme/autocert: missing server name", .tlsSNIMissing, .certain, stack),
    .init("invalid signature by the server certificate", .tlsDecrypt, .certain, stack),
    .init("tls: invalid PSK binder", .tlsResumption, .certain, stack),
    .init("): EOF", .peerClosed, stack), .init(": EOF", .peerClosed, stack),
  ]
}
