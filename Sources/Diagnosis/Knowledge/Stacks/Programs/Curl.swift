import TLSProtocol

extension StackProduct {
  /// curl, and libcurl in other programs; on OpenSSL unless the hello shows another library.
  public static let curl = StackProduct(rawValue: "curl")
}

extension StackProgram {
  static let curl = StackProgram(
    .curl, audiences: [.curl],
    hello: [
      .init(
        "post-handshake authentication without session tickets, as curl asks for it",
        [.has(.postHandshakeAuth), .has(.applicationLayerProtocolNegotiation), .lacks(.sessionTicket)]),
      .init(
        "post-handshake authentication with h2 and http/1.1, as curl asks for it",
        [.has(.postHandshakeAuth), .applicationProtocols(["h2", "http/1.1"])]),
    ],
    logs: LogPattern.curl)
}

extension LogPattern {
  private static let stack = Stack(.openSSL, product: .curl)

  /// curl, with -v and without.
  fileprivate static let curl: [LogPattern] = [
    .init("curl: (", .mark, stack), .init("curl.se/docs/sslcerts", .mark, stack),
    .init("(IN), TLS alert, ", .alertWithLevel(fromPeer: true), stack),
    .init("(OUT), TLS alert, ", .alertWithLevel(fromPeer: false), stack),
    .init("(OUT), TLS handshake, Client hello", .context(.clientHello), stack),
    .init("(IN), TLS handshake, Server hello", .context(.serverHello), stack),
    .init("SSL connection using TLS", .context(.established), stack),

    .init("* Connected to ", .context(.connected), stack),
    .init("curl: (6)", .dnsNoAnswer, .certain, stack),
    .init("Failed to connect to ", .tcpRefused, .possible),
    // curl's limit covers TCP, TLS and the answer: only packets say which of them hung.
    .init("curl: (28)", .tlsUnknown, .possible, stack),
    .init("Connection timed out after ", .tlsUnknown, .possible, stack),
    .init("Operation timed out after ", .tlsUnknown, .possible, stack),
    .init("SSL connection timeout", .tcpServerSilent, .likely, stack),
    .init("SSL certificate problem: ", .certRejected, .likely, stack),
    .init("no alternative certificate subject name matches", .certNameMismatch, .certain, stack),
    .init("subjectAltName does not match", .certNameMismatch, .certain, stack),
    .init("certificate subject name '", .certNameMismatch, .likely, stack),
    .init("Received HTTP/0.9 when not allowed", .appPlaintextClient, .likely, stack),
    .init("Received HTTP code 407 from proxy after CONNECT", .appProxyProtocol, .certain, stack),
    .init("from proxy after CONNECT", .appProxyProtocol, .likely, stack),
    .init("CONNECT tunnel failed", .appProxyProtocol, .certain, stack),
    .init("server certificate status verification FAILED", .certRevoked, .likely, stack),
    .init("No OCSP response received", .certRevoked, .likely, stack, by: "must-staple"),
    .init("error setting certificate verify locations", .certUntrusted, .certain, stack, by: "trust-store"),
    .init("error setting certificate file", .certUntrusted, .certain, stack, by: "trust-store"),
    .init("could not load PEM client certificate", .captureIncomplete, .certain, stack, by: "client-setup"),
    .init("unable to set private key file", .captureIncomplete, .certain, stack, by: "client-setup"),
  ]
}
