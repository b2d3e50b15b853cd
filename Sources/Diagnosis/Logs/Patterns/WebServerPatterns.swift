extension LogPattern {
  private static let nginxStack = Stack(.openSSL, product: .nginx)
  private static let haproxyStack = Stack(.openSSL, product: .haproxy)
  private static let apacheStack = Stack(.openSSL, product: .apache)

  /// nginx, HAProxy and Apache httpd; OpenSSL's reasons stand in their lines.
  static let webServers: [LogPattern] = [
    .init("nginx/", .mark, nginxStack), .init("while SSL handshaking", .mark, nginxStack),
    .init("*1 client ", .mark, nginxStack), .init("SSL_do_handshake() failed", .mark, nginxStack),
    .init("to upstream", .upstream), .init("upstream SSL certificate", .upstream),
    .init("client sent plain HTTP request to HTTPS port", .appPlaintextClient, .certain, nginxStack),
    .init("client SSL certificate verify error", .certClientRejected, .certain, nginxStack),
    .init("client sent no required SSL certificate", .certClientRequired, .certain, nginxStack),
    .init("upstream SSL certificate verify error", .certRejected, .likely, nginxStack),
    .init("upstream SSL certificate does not match", .certNameMismatch, .certain, nginxStack),
    .init("while reading PROXY protocol", .appProxyProtocol, .certain, nginxStack),
    .init("peer closed connection in SSL handshake", .peerClosed, nginxStack),
    .init("no \"ssl_certificate\" is defined", .tlsSNIUnrecognized, .likely, nginxStack),
    .init("handshake rejected while SSL handshaking", .tlsSNIUnrecognized, .certain, nginxStack),

    .init("haproxy[", .mark, haproxyStack),
    .init("SSL handshake failure", .tlsUnknown, .possible, haproxyStack),
    .init("SSL client CA chain cannot be verified", .certClientRejected, .certain, haproxyStack),
    .init("SSL client certificate not trusted", .certClientRejected, .certain, haproxyStack),
    .init("Connection closed during SSL handshake", .peerClosed, haproxyStack),
    .init("Timeout during SSL handshake", .tlsUnknown, .possible, haproxyStack),
    .init("does not look like a PROXY protocol header", .appProxyProtocol, .certain, haproxyStack),
    .init("waiting for PROXY protocol header", .appProxyProtocol, .certain, haproxyStack),
    .init("PROXY protocol header from an address", .appProxyProtocol, .likely, haproxyStack),

    .init("[ssl:error]", .mark, apacheStack), .init("[ssl:info]", .mark, apacheStack),
    .init("mod_ssl", .mark, apacheStack),
    .init("HTTP spoken on HTTPS port", .appPlaintextClient, .certain, apacheStack),
    .init("speaking plain HTTP to an SSL-enabled server port", .appPlaintextClient, .certain, apacheStack),
    .init("No hostname was provided via SNI", .tlsSNIMissing, .certain, apacheStack),
    .init("AH02039: Certificate Verification: Error", .certClientRejected, .certain, apacheStack),
    .init("AH02032: Hostname ", .tlsSNIUnrecognized, .possible, apacheStack),
    .init(
      "cannot perform post-handshake authentication", .tlsExtension, .certain, apacheStack, by: "post-handshake-auth"),
    .init("AH02261: Re-negotiation handshake failed", .tlsExtension, .likely, apacheStack, by: "renegotiation"),
    .init("RemoteIPProxyProtocol: no valid PROXY header", .appProxyProtocol, .certain, apacheStack),
  ]
}
