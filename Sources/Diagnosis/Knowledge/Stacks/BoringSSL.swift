import TLSProtocol

extension StackFamily {
  /// Google's, in Chrome and Android.
  public static let boringSSL = StackFamily(rawValue: "BoringSSL")
}

extension StackProduct {
  /// Chrome, and browsers on Chromium.
  public static let chrome = StackProduct(rawValue: "Chrome")
}

extension StackProfile {
  static let boringSSL = StackProfile(
    family: .boringSSL,
    audiences: [.chrome],
    programs: [
      StackProgram(
        .chrome, audiences: [.chrome],
        hello: [
          .init("application settings (ALPS), which only Chromium sends", [.has(.applicationSettingsOld)]),
          .init("application settings (ALPS), which only Chromium sends", [.has(.applicationSettings)]),
          .init("Brotli certificate compression with GREASE", [.grease, .certificateCompression([.brotli])]),
        ],
        logs: LogPattern.chrome)
    ],
    hello: .signature(.boringSSL),
    trustAlerts: [.unknownCA, .badCertificate, .certificateUnknown],
    alertNotes: [.certificateUnknown: "Chrome's word for nearly every failed check."],
    alertSpellings: [
      "unsupported protocol": .protocolVersion
    ],
    logs: [.init("OPENSSL_internal:", .mark, Stack(.boringSSL))],
    logging: { $0.keysOrErrorLog })
}

extension StackSignature {
  fileprivate static let boringSSL = StackSignature(
    grease: nil,
    source: "Chrome 99 to 150 as curl_cffi 0.16 writes them, recorded; BoringSSL ssl/extensions.cc",
    traits: [
      Weighted(2, .grease, "GREASE"),
      Weighted(
        3,
        .suites(
          [
            0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc00a, 0xc013, 0xc014,
            0x009c, 0x009d, 0x002f, 0x0035, 0x000a,
          ], atLeast: 6), "BoringSSL's order of cipher suites"),
      Weighted(
        3,
        .schemes(
          [0x0904, 0x0905, 0x0906, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601, 0x0201], atLeast: 6),
        "signature schemes grouped by hash, ECDSA first"),
      Weighted(1, .groups([0x11ec, 0x6399, 29, 23, 24], atLeast: 2), "BoringSSL's groups"),
    ],
    versions: [
      Narrowing("133 or later", [.has(.applicationSettings)]),
      Narrowing("131 or 132", [.has(.applicationSettingsOld), .hasGroup(.x25519MLKEM768)]),
      Narrowing("132 or earlier", [.has(.applicationSettingsOld)]),
    ])
}

extension LogPattern {
  private static let stack = Stack(.boringSSL, product: .chrome)

  /// What Chrome shows in place of a page.
  fileprivate static let chrome: [LogPattern] = [
    .init("ERR_CERT_AUTHORITY_INVALID", .certUntrusted, .certain, stack),
    .init("ERR_CERT_DATE_INVALID", .certExpired, .likely, stack),
    .init("ERR_CERT_COMMON_NAME_INVALID", .certNameMismatch, .certain, stack),
    .init("ERR_CERT_REVOKED", .certRevoked, .certain, stack),
    .init("ERR_CERT_WEAK_", .certWeak, .certain, stack),
    .init("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", .tlsVersion, .possible, stack),
    .init("ERR_BAD_SSL_CLIENT_AUTH_CERT", .certClientRejected, .likely, stack),
  ]
}
