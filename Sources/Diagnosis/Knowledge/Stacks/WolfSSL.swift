import TLSProtocol

extension StackFamily {
  /// wolfSSL, in small devices.
  public static let wolfSSL = StackFamily(rawValue: "wolfSSL")
}

extension StackProfile {
  static let wolfSSL = StackProfile(
    family: .wolfSSL, hello: .signature(.wolfSSL), logs: LogPattern.wolfSSL, logging: { $0.ownLog })
}

extension StackSignature {
  fileprivate static let wolfSSL = StackSignature(
    source: "wolfSSL 5.5, recorded",
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
}

extension LogPattern {
  private static let stack = Stack(.wolfSSL)

  /// wolfSSL, by its error strings.
  fileprivate static let wolfSSL: [LogPattern] = [
    .init("wolfSSL", .mark, stack),
    .init("ASN no signer error to confirm failure", .certUntrusted, .likely, stack),
    .init("ASN date error, current date after", .certExpired, .certain, stack),
    .init("ASN date error, current date before", .certNotYetValid, .certain, stack),
    .init("peer subject name mismatch", .certNameMismatch, .certain, stack),
    .init("peer sent no cert", .certClientRequired, .certain, stack),
    .init("can't match cipher suite", .tlsCipherSuite, .certain, stack),
    .init("record layer version error", .appPlaintextServer, .possible, stack),
  ]
}
