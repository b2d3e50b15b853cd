import TLSProtocol

extension StackFamily {
  /// Mozilla's Network Security Services.
  public static let nss = StackFamily(rawValue: "NSS")
}

extension StackProduct {
  /// Firefox, and browsers made from it.
  public static let firefox = StackProduct(rawValue: "Firefox")
}

extension StackProfile {
  static let nss = StackProfile(
    family: .nss,
    audiences: [.firefox],
    programs: [
      StackProgram(
        .firefox, audiences: [.firefox],
        hello: [.init("delegated credentials, which only Firefox sends", [.has(.delegatedCredential)])],
        logs: LogPattern.firefox)
    ],
    hello: .signature(.nss),
    trustAlerts: [.unknownCA, .badCertificate, .certificateUnknown],
    alertNotes: [.unknownCA: "Untrusted and missing issuer alike."],
    logging: { $0.keysOrErrorLog })
}

extension StackSignature {
  fileprivate static let nss = StackSignature(
    source: "Firefox 133 and 147 as curl_cffi 0.16 writes them and NSS 3.87, recorded; NSS ssl3con.c",
    traits: [
      Weighted(
        4,
        .suites(
          [
            0x1301, 0x1303, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc02c, 0xc030, 0xc00a, 0xc009, 0xc013, 0xc023,
            0xc027, 0xc014, 0x009e, 0xccaa, 0x009f, 0x0033, 0x0032, 0x0067, 0x0039, 0x0038, 0x006b, 0x0016, 0x0013,
            0x009c, 0x009d, 0x002f, 0x003c, 0x0035, 0x003d, 0x000a, 0x0005, 0x0004,
          ], atLeast: 6), "NSS's order of cipher suites, ChaCha20 second"),
      Weighted(1, .has(.delegatedCredential), "delegated credentials"),
      Weighted(1, .has(.recordSizeLimit), "a record size limit"),
      Weighted(
        1,
        .schemes(
          [
            0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201, 0x0402, 0x0502, 0x0602,
            0x0202,
          ], atLeast: 8),
        "NSS's order of signature schemes"),
    ])
}

extension LogPattern {
  private static let stack = Stack(.nss, product: .firefox)

  /// What Firefox shows in place of a page.
  fileprivate static let firefox: [LogPattern] = [
    .init("SEC_ERROR_UNKNOWN_ISSUER", .certUntrusted, .likely, stack),
    .init("SEC_ERROR_EXPIRED_CERTIFICATE", .certExpired, .certain, stack),
    .init("SEC_ERROR_REVOKED_CERTIFICATE", .certRevoked, .certain, stack),
    .init("SSL_ERROR_BAD_CERT_DOMAIN", .certNameMismatch, .certain, stack),
    .init("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", .certSelfSigned, .certain, stack),
    .init("SSL_ERROR_NO_CYPHER_OVERLAP", .tlsCipherSuite, .likely, stack),
    .init("SSL_ERROR_UNSUPPORTED_VERSION", .tlsVersion, .certain, stack),
    .init("SSL_ERROR_RX_RECORD_TOO_LONG", .appPlaintextServer, .likely, stack),
    .init("PR_END_OF_FILE_ERROR", .peerClosed, stack),
    .init("PR_CONNECT_RESET_ERROR", .peerClosed, stack),
  ]
}
