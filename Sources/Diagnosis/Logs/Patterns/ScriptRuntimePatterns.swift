extension LogPattern {
  private static let pythonStack = Stack(.openSSL, product: .python)
  private static let nodeStack = Stack(.openSSL, product: .node)

  /// Python's ssl module; its reasons are OpenSSL's. And tlslite-ng.
  static let python: [LogPattern] = [
    .init("_ssl.c:", .mark, pythonStack), .init("ssl.SSLError", .mark, pythonStack),
    .init("ssl.SSLCertVerificationError", .mark, pythonStack), .init("urllib3", .mark, pythonStack),
    .init("CertificateError: hostname ", .certNameMismatch, .certain, pythonStack),
    .init("certificate is not valid for ", .certNameMismatch, .certain, pythonStack),
    .init("TLSLocalAlert ", .alertName(fromPeer: false), Stack(.tlslite)),
    .init("TLSRemoteAlert ", .alertName(fromPeer: true), Stack(.tlslite)),
    .init("Failed to negotiate Extended Master Secret", .tlsExtension, .certain, Stack(.tlslite)),
  ]

  /// Node.js.
  static let node: [LogPattern] = [
    .init("node:_tls_wrap", .mark, nodeStack), .init("node:internal", .mark, nodeStack),
    .init("at TLSSocket.", .mark, nodeStack), .init("code: 'ERR_", .mark, nodeStack),
    .init("DEPTH_ZERO_SELF_SIGNED_CERT", .certSelfSigned, .certain, nodeStack),
    .init("SELF_SIGNED_CERT_IN_CHAIN", .certUntrusted, .certain, nodeStack),
    .init("UNABLE_TO_VERIFY_LEAF_SIGNATURE", .certIncompleteChain, .likely, nodeStack),
    .init("UNABLE_TO_GET_ISSUER_CERT", .certUntrusted, .likely, nodeStack),
    .init("CERT_HAS_EXPIRED", .certExpired, .certain, nodeStack),
    .init("CERT_NOT_YET_VALID", .certNotYetValid, .certain, nodeStack),
    .init("'CERT_REVOKED'", .certRevoked, .certain, nodeStack),
    .init("'CERT_UNTRUSTED'", .certUntrusted, .likely, nodeStack),
    .init("'CERT_REJECTED'", .certRejected, .likely, nodeStack),
    .init("'INVALID_PURPOSE'", .certUsage, .certain, nodeStack),
    .init("ERR_TLS_CERT_ALTNAME_INVALID", .certNameMismatch, .certain, nodeStack),
    .init("does not match certificate's altnames", .certNameMismatch, .certain, nodeStack),
    .init("ERR_TLS_CERT_ALTNAME_FORMAT", .certNameMismatch, .likely, nodeStack),
    .init("disconnected before secure TLS connection was established", .peerClosed, nodeStack),
    .init("ERR_TLS_HANDSHAKE_TIMEOUT", .tcpServerSilent, .likely, nodeStack),
  ]
}
