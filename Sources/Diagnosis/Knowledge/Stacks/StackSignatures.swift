extension StackSignature {
  /// Every stack that is recognised. Hellos recorded for them stand in scripts/stacks/hellos.tsv.
  static let all: [StackSignature] = [
    jsse, openSSL, rustls, go, gnutls, boringSSL, apple, nss, schannel, mbedTLS, wolfSSL, tlslite, libreSSL,
  ]

  static let jsse = StackSignature(
    family: .jsse, source: "OpenJDK 11, 17, 21, 25, recorded; sun.security.ssl.CipherSuite, SSLExtension",
    traits: [
      Weighted(3, .hasForTLS12(17), "status_request_v2, which hardly any other client sends"),
      Weighted(
        3,
        .suites(
          [
            0x1302, 0x1301, 0x1303, 0xc02c, 0xc02b, 0xcca9, 0xc030, 0xcca8, 0xc02f, 0x009f, 0xccaa, 0x00a3, 0x009e,
            0x00a2, 0xc024, 0xc028, 0xc023, 0xc027, 0x006b, 0x006a, 0x0067, 0x0040, 0xc02e, 0xc032, 0xc02d, 0xc031,
            0xc026, 0xc02a, 0xc025, 0xc029, 0xc00a, 0xc014, 0xc009, 0xc013, 0x0039, 0x0038, 0x0033, 0x0032, 0xc005,
            0xc00f, 0xc004, 0xc00e, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0x00ff,
          ], atLeast: 5), "Java's order of cipher suites"),
      Weighted(
        2,
        .schemes(jsseSchemes, atLeast: 10), "Java's order of signature schemes"),
      Weighted(2, .has(50), "signature_algorithms_cert"),
      Weighted(1, .hasScheme(0x0809), "RSA-PSS certificates' schemes"),
      Weighted(1, .lacks(22), "no encrypt_then_mac"),
    ],
    versions: [
      Narrowing("15 or later", [.hasScheme(0x0807)]),
      Narrowing("11 to 14", [.has(43), .schemes(jsseSchemes, atLeast: 10)]),
    ], products: [Product(.java, "written as Java's own TLS writes it", [])])

  private static let jsseSchemes: [UInt16] = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
    0x0402, 0x0303, 0x0301, 0x0302, 0x0203, 0x0201, 0x0202,
  ]

  static let openSSL = StackSignature(
    family: .openSSL,
    source:
      "OpenSSL 1.1.0 to 3.5 and programs on 3.0 (s_client, curl 7.88, Python 3.11, Node 20), recorded; ssl/t1_lib.c",
    traits: [
      Weighted(3, .pointFormats([0, 1, 2]), "three point formats"),
      Weighted(
        3, .extensions([65281, 11, 10, 35, 16, 22, 23, 49, 13, 43, 45, 51, 41], atLeast: 4),
        "OpenSSL's order of extensions"),
      Weighted(
        3,
        .schemes(
          [
            0x0905, 0x0906, 0x0904, 0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x081a, 0x081b, 0x081c, 0x0809, 0x080a,
            0x080b, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0303, 0x0203, 0x0301, 0x0201, 0x0302, 0x0202,
            0x0402, 0x0502, 0x0602, 0x0708,
          ], atLeast: 8), "OpenSSL's order of signature schemes"),
      Weighted(1, .suiteOrder([0x1302, 0x1303, 0x1301], atLeast: 3), "AES-256, ChaCha20, AES-128"),
      Weighted(1, .has(22), "encrypt_then_mac"),
      Weighted(
        1, .groups([0x11ec, 0x11eb, 0x11ee, 29, 23, 30, 25, 24, 256, 257, 258, 259, 260], atLeast: 4),
        "OpenSSL's groups"),

    ],
    versions: [
      Narrowing("3.5 or later", [.hasGroup(0x11ec)]), Narrowing("3.0 or later", [.has(43), .hasGroup(256)]),
      Narrowing("1.1.1 or later", [.has(43)]), Narrowing("1.0.1 or 1.0.2", [.has(15)]),
      Narrowing(
        "1.0.2 or 1.1.0",
        [
          .lacks(43),
          .schemes(
            [
              0x0601, 0x0602, 0x0603, 0x0501, 0x0502, 0x0503, 0x0401, 0x0402, 0x0403, 0x0301, 0x0302, 0x0303, 0x0201,
              0x0202, 0x0203,
            ], atLeast: 8),
        ]),
    ],
    products: [
      Product(
        .python, "Python's list of cipher suites",
        [.suiteOrder([0xc02c, 0xc030, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc024, 0xc028, 0xc023, 0xc027], atLeast: 10)]),
      Product(
        .node, "Node's list of cipher suites",
        [.suiteOrder([0xc02f, 0xc02b, 0xc030, 0xc02c, 0x009e, 0xc027, 0x0067, 0xc028], atLeast: 8)]),
      Product(
        .curl, "post-handshake authentication without session tickets, as curl asks for it",
        [.has(49), .has(16), .lacks(35)]),
      Product(
        .curl, "post-handshake authentication with h2 and http/1.1, as curl asks for it",
        [.has(49), .applicationProtocols(["h2", "http/1.1"])]),
      Product(
        .python, "post-handshake authentication with http/1.1 and session tickets, as Python's http.client asks for it",
        [.has(49), .applicationProtocols(["http/1.1"]), .has(35)]),
    ])

  static let rustls = StackSignature(
    family: .rustls, source: "rustls 0.23 in pyrtls, reqwest and uv, recorded; rustls/src/crypto/ring, aws_lc_rs",
    traits: [
      Weighted(
        4,
        .schemes(
          [0x0503, 0x0403, 0x0603, 0x0807, 0x0806, 0x0805, 0x0804, 0x0601, 0x0501, 0x0401, 0x0904, 0x0905, 0x0906],
          atLeast: 6),
        "signature schemes from strong to weak, ECDSA P-384 first"),
      Weighted(
        3, .suites([0x1302, 0x1301, 0x1303, 0xc02c, 0xc02b, 0xcca9, 0xc030, 0xc02f, 0xcca8, 0x00ff], atLeast: 3),
        "rustls' cipher suites and no others"),
      Weighted(1, .groups([0x11ec, 29, 23, 24], atLeast: 2), "rustls' groups"),
      Weighted(1, .lacks(22), "no encrypt_then_mac"),
    ])

  static let go = StackSignature(
    family: .go,
    source: "Go 1.19, 1.21, 1.27, recorded; crypto/tls/handshake_messages.go, cipher_suites.go, defaults.go",
    traits: [
      Weighted(3, .tls13SuitesLast, "TLS 1.3 suites behind the others"),
      Weighted(
        4,
        .schemes(
          [
            0x0904, 0x0905, 0x0906, 0x0804, 0x0403, 0x0807, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0503, 0x0603,
            0x0201, 0x0203,
          ], atLeast: 7),
        "Go's order of signature schemes"),
      Weighted(
        2,
        .suites(
          [
            0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014, 0x009c, 0x009d, 0x002f,
            0x0035, 0xc012, 0x000a, 0x1301, 0x1302, 0x1303,
          ], atLeast: 4), "Go's order of cipher suites"),
      Weighted(1, .groups([0x11ec, 0x6399, 29, 23, 24, 25], atLeast: 2), "Go's groups"),

    ],
    versions: [
      Narrowing("1.27 or later", [.hasScheme(0x0904)]), Narrowing("1.24 or later", [.hasGroup(0x11ec)]),
      Narrowing("1.23", [.hasGroup(0x6399)]),
      Narrowing("1.21 or later", [.has(23)]), Narrowing("1.20 or earlier", [.lacks(23)]),
    ])

  static let gnutls = StackSignature(
    family: .gnuTLS, source: "GnuTLS 3.7 in gnutls-cli and Wget, recorded",
    traits: [
      Weighted(
        4,
        .schemes(
          [
            0x0401, 0x0809, 0x0804, 0x0403, 0x0807, 0x0501, 0x080a, 0x0805, 0x0503, 0x0808, 0x0601, 0x080b, 0x0806,
            0x0603, 0x0201, 0x0203,
          ], atLeast: 8), "signature schemes grouped by hash"),
      Weighted(
        3,
        .suites(
          [
            0x1302, 0x1303, 0x1301, 0x1304, 0xc02c, 0xcca9, 0xc0ad, 0xc00a, 0xc02b, 0xc0ac, 0xc009, 0xc030, 0xcca8,
            0xc014, 0xc02f, 0xc013, 0x009d, 0xc09d, 0x0035, 0x009c, 0xc09c, 0x002f, 0x009f, 0xccaa, 0xc09f, 0x0039,
            0x009e, 0xc09e, 0x0033,
          ], atLeast: 5), "GnuTLS's order of cipher suites"),
      Weighted(2, .groups([23, 24, 25, 29, 30, 256, 257, 258, 259, 260], atLeast: 4), "P-256 before X25519"),
      Weighted(1, .recordSizeLimit(16385), "a record size limit"),

    ])
}
