import TLSProtocol

extension StackFamily {
  /// Apple's Network framework and Secure Transport.
  public static let apple = StackFamily(rawValue: "Apple TLS")
}

extension StackProduct {
  /// Safari, and every browser on iOS.
  public static let safari = StackProduct(rawValue: "Safari")
}

extension StackProfile {
  static let apple = StackProfile(
    family: .apple,
    audiences: [.apple],
    programs: [StackProgram(.safari, audiences: [.apple])],
    hello: .signature(.apple),
    logs: LogPattern.apple,
    logging: { $0.ownLog })
}

extension StackSignature {
  fileprivate static let apple = StackSignature(
    grease: true, source: "Safari 15 to 26 as curl_cffi 0.16 writes them, recorded",
    traits: [
      Weighted(2, .grease, "GREASE"),
      Weighted(4, .repeatedScheme(.rsaPSSRSAESHA384), "one signature scheme offered twice"),
      Weighted(
        3,
        .suites(
          [
            0xc02c, 0xc02b, 0xcca9, 0xc030, 0xc02f, 0xcca8, 0xc024, 0xc023, 0xc00a, 0xc009, 0xc028, 0xc027, 0xc014,
            0xc013, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0xc008, 0xc012, 0x000a,
          ], atLeast: 8), "Apple's order of cipher suites"),
      Weighted(1, .certificateCompression([.zlib]), "zlib certificate compression"),
    ])
}

extension LogPattern {
  private static let stack = Stack(.apple)

  /// Errors of Secure Transport, and of Apple's libraries above it.
  fileprivate static let apple: [LogPattern] = [
    .init("errSSLXCertChainInvalid", .certRejected, .likely, stack),
    .init("errSSLBadCert", .certRejected, .likely, stack),
    .init("errSSLUnknownRootCert", .certUntrusted, .likely, stack),
    .init("errSSLNoRootCert", .certUntrusted, .likely, stack),
    .init("errSSLCertExpired", .certExpired, .certain, stack),
    .init("errSSLCertNotYetValid", .certNotYetValid, .certain, stack),
    .init("errSSLHostNameMismatch", .certNameMismatch, .certain, stack),
    .init("errSSLPeerHandshakeFail", .tlsUnknown, .possible, stack),
    .init("errSSLPeerProtocolVersion", .tlsVersion, .likely, stack),
    .init("NSURLErrorDomain", .mark, stack),
    .init("NSURLErrorDomain Code=-1201", .certExpired, .likely, stack),
    .init("NSURLErrorDomain Code=-1202", .certRejected, .likely, stack),
    .init("NSURLErrorDomain Code=-1203", .certUntrusted, .certain, stack),
    .init("NSURLErrorDomain Code=-1204", .certNotYetValid, .certain, stack),
    .init("NSURLErrorDomain Code=-1205", .certClientRejected, .certain, stack),
    .init("NSURLErrorDomain Code=-1206", .certClientRequired, .certain, stack),
    .init("NSURLErrorDomain Code=-1003", .dnsNoAnswer, .certain, stack),
  ]
}
