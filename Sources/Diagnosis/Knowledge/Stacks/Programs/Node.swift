extension StackProduct {
  /// Node.js, which brings its own OpenSSL.
  public static let node = StackProduct(rawValue: "Node.js")
}

extension StackProgram {
  static let node = StackProgram(
    .node, audiences: [.node],
    hello: [
      .init(
        "Node's list of cipher suites",
        [.suiteOrder([0xc02f, 0xc02b, 0xc030, 0xc02c, 0x009e, 0xc027, 0x0067, 0xc028], atLeast: 8)])
    ],
    logs: LogPattern.node,
    keyLog: "node --tls-keylog=/tmp/keys.log …")
}

extension LogPattern {
  private static let stack = Stack(.openSSL, product: .node)

  /// Node's names of errors; its reasons are OpenSSL's.
  fileprivate static let node: [LogPattern] = [
    .init("node:_tls_wrap", .mark, stack), .init("node:internal", .mark, stack),
    .init("at TLSSocket.", .mark, stack), .init("code: 'ERR_", .mark, stack),
    .init("DEPTH_ZERO_SELF_SIGNED_CERT", .certSelfSigned, .certain, stack),
    .init("SELF_SIGNED_CERT_IN_CHAIN", .certUntrusted, .certain, stack),
    .init("UNABLE_TO_VERIFY_LEAF_SIGNATURE", .certIncompleteChain, .likely, stack),
    .init("UNABLE_TO_GET_ISSUER_CERT", .certUntrusted, .likely, stack),
    .init("CERT_HAS_EXPIRED", .certExpired, .certain, stack),
    .init("CERT_NOT_YET_VALID", .certNotYetValid, .certain, stack),
    .init("'CERT_REVOKED'", .certRevoked, .certain, stack),
    .init("'CERT_UNTRUSTED'", .certUntrusted, .likely, stack),
    .init("'CERT_REJECTED'", .certRejected, .likely, stack),
    .init("'INVALID_PURPOSE'", .certUsage, .certain, stack),
    .init("ERR_TLS_CERT_ALTNAME_INVALID", .certNameMismatch, .certain, stack),
    .init("does not match certificate's altnames", .certNameMismatch, .certain, stack),
    .init("ERR_TLS_CERT_ALTNAME_FORMAT", .certNameMismatch, .likely, stack),
    .init("disconnected before secure TLS connection was established", .peerClosed, stack),
    .init("ERR_TLS_HANDSHAKE_TIMEOUT", .tcpServerSilent, .likely, stack),
  ]
}
