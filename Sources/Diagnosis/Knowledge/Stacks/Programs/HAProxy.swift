extension StackProduct {
  /// HAProxy.
  public static let haproxy = StackProduct(rawValue: "HAProxy")
}

extension StackProgram {
  static let haproxy = StackProgram(.haproxy, audiences: [.haproxy], logs: LogPattern.haproxy)
}

extension LogPattern {
  private static let stack = Stack(.openSSL, product: .haproxy)

  /// HAProxy's log.
  fileprivate static let haproxy: [LogPattern] = [
    .init("haproxy[", .mark, stack),
    .init("SSL handshake failure", .tlsUnknown, .possible, stack),
    .init("SSL client CA chain cannot be verified", .certClientRejected, .certain, stack),
    .init("SSL client certificate not trusted", .certClientRejected, .certain, stack),
    .init("Connection closed during SSL handshake", .peerClosed, stack),
    .init("Timeout during SSL handshake", .tlsUnknown, .possible, stack),
    .init("does not look like a PROXY protocol header", .appProxyProtocol, .certain, stack),
    .init("waiting for PROXY protocol header", .appProxyProtocol, .certain, stack),
    .init("PROXY protocol header from an address", .appProxyProtocol, .likely, stack),
  ]
}
