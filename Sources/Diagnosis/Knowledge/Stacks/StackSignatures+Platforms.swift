extension StackSignature {
  static let boringSSL = StackSignature(
    family: .boringSSL, grease: nil,
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
      Narrowing("133 or later", [.has(17613)]),
      Narrowing("131 or 132", [.has(17513), .hasGroup(0x11ec)]),
      Narrowing("132 or earlier", [.has(17513)]),
    ],
    products: [
      Product(.chrome, "application settings (ALPS), which only Chromium sends", [.has(17513)]),
      Product(.chrome, "application settings (ALPS), which only Chromium sends", [.has(17613)]),
      Product(.chrome, "Brotli certificate compression with GREASE", [.grease, .certificateCompression([2])]),
    ])

  static let apple = StackSignature(
    family: .apple, grease: true, source: "Safari 15 to 26 as curl_cffi 0.16 writes them, recorded",
    traits: [
      Weighted(2, .grease, "GREASE"), Weighted(4, .repeatedScheme(0x0805), "one signature scheme offered twice"),
      Weighted(
        3,
        .suites(
          [
            0xc02c, 0xc02b, 0xcca9, 0xc030, 0xc02f, 0xcca8, 0xc024, 0xc023, 0xc00a, 0xc009, 0xc028, 0xc027, 0xc014,
            0xc013, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0xc008, 0xc012, 0x000a,
          ], atLeast: 8), "Apple's order of cipher suites"),
      Weighted(1, .certificateCompression([1]), "zlib certificate compression"),
    ])

  static let nss = StackSignature(
    family: .nss, source: "Firefox 133 and 147 as curl_cffi 0.16 writes them and NSS 3.87, recorded; NSS ssl3con.c",
    traits: [
      Weighted(
        4,
        .suites(
          [
            0x1301, 0x1303, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc02c, 0xc030, 0xc00a, 0xc009, 0xc013, 0xc023,
            0xc027, 0xc014, 0x009e, 0xccaa, 0x009f, 0x0033, 0x0032, 0x0067, 0x0039, 0x0038, 0x006b, 0x0016, 0x0013,
            0x009c, 0x009d, 0x002f, 0x003c, 0x0035, 0x003d, 0x000a, 0x0005, 0x0004,
          ], atLeast: 6), "NSS's order of cipher suites, ChaCha20 second"),
      Weighted(1, .has(34), "delegated credentials"), Weighted(1, .has(28), "a record size limit"),
      Weighted(
        1,
        .schemes(
          [
            0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201, 0x0402, 0x0502, 0x0602,
            0x0202,
          ], atLeast: 8),
        "NSS's order of signature schemes"),

    ], products: [Product(.firefox, "delegated credentials, which only Firefox sends", [.has(34)])])

  static let schannel = StackSignature(
    family: .schannel, source: "Windows 10, 11 and Server 2022: Microsoft's published order of suites and schemes",
    traits: [
      Weighted(
        4,
        .schemes(
          [0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0201, 0x0403, 0x0503, 0x0203, 0x0202, 0x0601, 0x0603], atLeast: 8),
        "SChannel's order of signature schemes"),
      Weighted(
        3,
        .suites(
          [
            0x1302, 0x1301, 0xc02c, 0xc02b, 0xc030, 0xc02f, 0x009f, 0x009e, 0xc024, 0xc023, 0xc028, 0xc027, 0xc00a,
            0xc009, 0xc014, 0xc013, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0x000a,
          ], atLeast: 8), "SChannel's order of cipher suites"),
      Weighted(1, .groups([29, 23, 24], atLeast: 2), "SChannel's groups"),

    ],
    versions: [
      Narrowing("Windows 11, Server 2022 or later", [.has(43)]),
      Narrowing("Windows 10, Server 2016 or later", [.hasScheme(0x0804)]),
    ],
  )

  static let mbedTLS = StackSignature(
    family: .mbedTLS, source: "Mbed TLS 2.28, recorded",
    traits: [
      Weighted(2, .hasSuite(0xc08b), "Camellia in GCM"),
      Weighted(
        3, .schemes([0x0603, 0x0601, 0x0503, 0x0501, 0x0403, 0x0401, 0x0303, 0x0301], atLeast: 6),
        "signature schemes by hash from strong to weak"),
      Weighted(
        3, .groups([25, 28, 24, 27, 23, 22, 26, 21, 20, 19, 18, 29, 30], atLeast: 5), "groups from long to short"),
      Weighted(2, .extensions([13, 10, 11, 22, 23, 35], atLeast: 4), "Mbed TLS's order of extensions"),

    ], versions: [Narrowing("2", [.lacks(43)])])

  static let wolfSSL = StackSignature(
    family: .wolfSSL, source: "wolfSSL 5.5, recorded",
    traits: [
      Weighted(
        3,
        .schemes(
          [
            0x0603, 0x0503, 0x0403, 0x0203, 0x0807, 0x0808, 0x0806, 0x080b, 0x0805, 0x080a, 0x0804, 0x0809, 0x0601,
            0x0501, 0x0401, 0x0301, 0x0201,
          ], atLeast: 8), "wolfSSL's order of signature schemes"),
      Weighted(3, .extensions([45, 51, 43, 13, 11, 10, 22, 23], atLeast: 5), "wolfSSL's order of extensions"),
      Weighted(2, .groups([25, 28, 24, 27, 30, 23, 22, 26, 29, 21, 20, 257, 256], atLeast: 5), "wolfSSL's groups"),

    ])

  static let tlslite = StackSignature(
    family: .tlslite, source: "tlslite-ng 0.8, recorded",
    traits: [
      Weighted(4, .pointFormats([1, 0]), "compressed points first"),
      Weighted(
        3, .extensions([22, 23, 13, 43, 51, 45, 11, 10, 16, 15, 28, 35, 27, 9], atLeast: 5),
        "tlslite-ng's order of extensions"),
      Weighted(1, .recordSizeLimit(16385), "a record size limit"),
    ])

  static let libreSSL = StackSignature(
    family: .libreSSL, source: "LibreSSL 3, ssl/ssl_sigalgs.c",
    traits: [
      Weighted(
        5,
        .schemes([0x0806, 0x0601, 0x0603, 0x0805, 0x0501, 0x0503, 0x0804, 0x0401, 0x0403, 0x0201, 0x0203], atLeast: 8),
        "LibreSSL's order of signature schemes"),
      Weighted(
        2, .suites([0x1302, 0x1303, 0x1301, 0xc030, 0xc02c, 0xc028, 0xc024, 0xc014, 0xc00a], atLeast: 5),
        "LibreSSL's order of cipher suites"),

    ])
}
