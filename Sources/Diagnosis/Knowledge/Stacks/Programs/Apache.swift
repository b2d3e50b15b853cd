extension StackProduct {
  /// Apache httpd with mod_ssl.
  public static let apache = StackProduct(rawValue: "Apache httpd")
}

extension StackProgram {
  static let apache = StackProgram(
    .apache, audiences: [.apache],
    banners: ["server: apache", "you're speaking plain http to an ssl-enabled server port"],
    logs: LogPattern.apache)
}

extension LogPattern {
  private static let stack = Stack(.openSSL, product: .apache)

  /// Apache's error log; OpenSSL's reasons stand in its lines.
  fileprivate static let apache: [LogPattern] = [
    .init("[ssl:error]", .mark, stack), .init("[ssl:info]", .mark, stack),
    .init("mod_ssl", .mark, stack),
    .init("HTTP spoken on HTTPS port", .appPlaintextClient, .certain, stack),
    .init("speaking plain HTTP to an SSL-enabled server port", .appPlaintextClient, .certain, stack),
    .init("No hostname was provided via SNI", .tlsSNIMissing, .certain, stack),
    .init("AH02039: Certificate Verification: Error", .certClientRejected, .certain, stack),
    .init("AH02032: Hostname ", .tlsSNIUnrecognized, .possible, stack),
    .init(
      "cannot perform post-handshake authentication", .tlsExtension, .certain, stack, by: "post-handshake-auth"),
    .init("AH02261: Re-negotiation handshake failed", .tlsExtension, .likely, stack, by: "renegotiation"),
    .init("RemoteIPProxyProtocol: no valid PROXY header", .appProxyProtocol, .certain, stack),
  ]
}
