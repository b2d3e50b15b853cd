import TLSProtocol

extension StackFamily {
  /// Mbed TLS, in small devices.
  public static let mbedTLS = StackFamily(rawValue: "Mbed TLS")
}

extension StackProfile {
  static let mbedTLS = StackProfile(
    family: .mbedTLS, hello: .signature(.mbedTLS), logs: LogPattern.mbedTLS, logging: { $0.ownLog })
}

extension StackSignature {
  fileprivate static let mbedTLS = StackSignature(
    source: "Mbed TLS 2.28, recorded",
    traits: [
      Weighted(2, .hasSuite(.TLS_ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384), "Camellia in GCM"),
      Weighted(
        3, .schemes([0x0603, 0x0601, 0x0503, 0x0501, 0x0403, 0x0401, 0x0303, 0x0301], atLeast: 6),
        "signature schemes by hash from strong to weak"),
      Weighted(
        3, .groups([25, 28, 24, 27, 23, 22, 26, 21, 20, 19, 18, 29, 30], atLeast: 5), "groups from long to short"),
      Weighted(2, .extensions([13, 10, 11, 22, 23, 35], atLeast: 4), "Mbed TLS's order of extensions"),
    ], versions: [Narrowing("2", [.lacks(.supportedVersions)])])
}

extension LogPattern {
  private static let stack = Stack(.mbedTLS)

  /// Mbed TLS, by its error strings.
  fileprivate static let mbedTLS: [LogPattern] = [
    .init("mbedtls_", .mark, stack), .init("mbed TLS", .mark, stack),
    .init("X509 - Certificate verification failed", .certRejected, .likely, stack),
    .init("SSL - An invalid SSL record was received", .appPlaintextServer, .possible, stack),
    .init("SSL - A fatal alert message was received", .tlsUnknown, .possible, stack),
    .init("SSL - The connection indicated an EOF", .peerClosed, stack),
    .init("SSL - No client certification received", .certClientRequired, .certain, stack),
    .init("SSL - The server has no ciphersuites in common", .tlsCipherSuite, .certain, stack),
    .init("SSL - Handshake protocol not within min/max", .tlsVersion, .certain, stack),
    .init("The certificate is not correctly signed by the trusted CA", .certUntrusted, .likely, stack),
    .init("The certificate validity has expired", .certExpired, .certain, stack),
    .init("The certificate validity starts in the future", .certNotYetValid, .certain, stack),
    .init("Common Name (CN) does not match with the expected CN", .certNameMismatch, .certain, stack),
    .init("-0x2700", .certRejected, .likely, stack),
    .init("-0x2080", .certWeak, .possible, stack),
    .init("-0x6E80", .tlsVersion, .certain, stack),
    .init("-0x7580", .tlsALPN, .certain, stack),
    .init("-0x7800", .tlsSNIUnrecognized, .certain, stack),
    .init("-0x7480", .certClientRequired, .certain, stack),
    .init("-0x7680", .certUntrusted, .certain, stack, by: "trust-store"),
    .init("-0x7200", .appPlaintextServer, .possible, stack),
    .init("-0x7780", .tlsUnknown, .possible, stack),
    .init("-0x6E00", .tlsUnknown, .possible, stack),
    .init("-0x7380", .tlsCipherSuite, .possible, stack),
    .init("-0x7280", .peerClosed, stack),
    .init("-0x6800", .tcpServerSilent, .likely, stack),
  ]
}
