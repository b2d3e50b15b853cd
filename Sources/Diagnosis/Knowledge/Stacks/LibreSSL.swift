import TLSProtocol

extension StackFamily {
  /// OpenBSD's fork of OpenSSL.
  public static let libreSSL = StackFamily(rawValue: "LibreSSL")
}

extension StackProfile {
  static let libreSSL = StackProfile(
    family: .libreSSL,
    audiences: [.opensslCommand],
    hello: .signature(.libreSSL),
    trustAlerts: [.unknownCA, .badCertificate],
    logging: { $0.keysOrErrorLog })
}

extension StackSignature {
  fileprivate static let libreSSL = StackSignature(
    source: "LibreSSL 3, ssl/ssl_sigalgs.c",
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
