import TLSProtocol

extension StackFamily {
  /// tlslite-ng, TLS in pure Python.
  public static let tlslite = StackFamily(rawValue: "tlslite-ng")
}

extension StackProfile {
  static let tlslite = StackProfile(
    family: .tlslite,
    hello: .signature(.tlslite),
    alertNotes: [.insufficientSecurity: "Also sent where the extended master secret is demanded and missing."],
    logs: LogPattern.tlslite,
    logging: { $0.ownLog })
}

extension StackSignature {
  fileprivate static let tlslite = StackSignature(
    source: "tlslite-ng 0.8, recorded",
    traits: [
      Weighted(4, .pointFormats([1, 0]), "compressed points first"),
      Weighted(
        3, .extensions([22, 23, 13, 43, 51, 45, 11, 10, 16, 15, 28, 35, 27, 9], atLeast: 5),
        "tlslite-ng's order of extensions"),
      Weighted(1, .recordSizeLimit(16385), "a record size limit"),
    ])
}

extension LogPattern {
  private static let stack = Stack(.tlslite)

  /// tlslite-ng's exceptions.
  fileprivate static let tlslite: [LogPattern] = [
    .init("TLSLocalAlert ", .alertName(fromPeer: false), stack),
    .init("TLSRemoteAlert ", .alertName(fromPeer: true), stack),
    .init("Failed to negotiate Extended Master Secret", .tlsExtension, .certain, stack),
  ]
}
