import TLSProtocol

extension StackProduct {
  /// Programs on Python's ssl module.
  public static let python = StackProduct(rawValue: "Python")
}

extension StackProgram {
  static let python = StackProgram(
    .python, audiences: [.python],
    hello: [
      .init(
        "Python's list of cipher suites",
        [.suiteOrder([0xc02c, 0xc030, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc024, 0xc028, 0xc023, 0xc027], atLeast: 10)]),
      .init(
        "post-handshake authentication with http/1.1 and session tickets, as Python's http.client asks for it",
        [.has(.postHandshakeAuth), .applicationProtocols(["http/1.1"]), .has(.sessionTicket)]),
    ],
    banners: ["server: gunicorn"],
    logs: LogPattern.python)
}

extension LogPattern {
  private static let stack = Stack(.openSSL, product: .python)

  /// Python's ssl module; its reasons are OpenSSL's.
  fileprivate static let python: [LogPattern] = [
    .init("_ssl.c:", .mark, stack), .init("ssl.SSLError", .mark, stack),
    .init("ssl.SSLCertVerificationError", .mark, stack), .init("urllib3", .mark, stack),
    .init("CertificateError: hostname ", .certNameMismatch, .certain, stack),
    .init("certificate is not valid for ", .certNameMismatch, .certain, stack),
  ]
}
