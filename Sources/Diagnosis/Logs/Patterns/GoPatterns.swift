extension LogPattern {
  private static let stack = Stack(.go, product: .go)

  /// Go's crypto/tls, crypto/x509 and net/http.
  static let go: [LogPattern] = [
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
