extension StackProduct {
  /// nginx, and what is built on it.
  public static let nginx = StackProduct(rawValue: "nginx")
}

extension StackProgram {
  static let nginx = StackProgram(.nginx, audiences: [.nginx], banners: ["server: nginx"], logs: LogPattern.nginx)
}

extension LogPattern {
  private static let stack = Stack(.openSSL, product: .nginx)

  /// nginx' error log; OpenSSL's reasons stand in its lines.
  fileprivate static let nginx: [LogPattern] = [
    .init("nginx/", .mark, stack), .init("while SSL handshaking", .mark, stack),
    .init("*1 client ", .mark, stack), .init("SSL_do_handshake() failed", .mark, stack),
    .init("to upstream", .upstream), .init("upstream SSL certificate", .upstream),
    .init("client sent plain HTTP request to HTTPS port", .appPlaintextClient, .certain, stack),
    .init("client SSL certificate verify error", .certClientRejected, .certain, stack),
    .init("client sent no required SSL certificate", .certClientRequired, .certain, stack),
    .init("upstream SSL certificate verify error", .certRejected, .likely, stack),
    .init("upstream SSL certificate does not match", .certNameMismatch, .certain, stack),
    .init("while reading PROXY protocol", .appProxyProtocol, .certain, stack),
    .init("peer closed connection in SSL handshake", .peerClosed, stack),
    .init("no \"ssl_certificate\" is defined", .tlsSNIUnrecognized, .likely, stack),
    .init("handshake rejected while SSL handshaking", .tlsSNIUnrecognized, .certain, stack),
  ]
}
