import TLSProtocol

extension StackFamily {
  /// Windows' own.
  public static let schannel = StackFamily(rawValue: "SChannel")
}

extension StackProduct {
  /// .NET, which uses the TLS of its system.
  public static let dotNet = StackProduct(rawValue: ".NET")
}

extension StackProfile {
  static let schannel = StackProfile(
    family: .schannel,
    audiences: [.dotNet],
    programs: [
      StackProgram(
        .dotNet, audiences: [.dotNet], banners: ["server: microsoft-", "server: kestrel"], logs: LogPattern.dotNet)
    ],
    hello: .signature(.schannel),
    logs: LogPattern.schannel,
    logging: { _ in [NextStep("Read the Schannel events in the Windows System log for that second")] })
}

extension StackSignature {
  fileprivate static let schannel = StackSignature(
    source: "Windows 10, 11 and Server 2022: Microsoft's published order of suites and schemes",
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
      Narrowing("Windows 11, Server 2022 or later", [.has(.supportedVersions)]),
      Narrowing("Windows 10, Server 2016 or later", [.hasScheme(.rsaPSSRSAESHA256)]),
    ],
  )
}

extension LogPattern {
  private static let stack = Stack(.schannel)
  private static let dotNetStack = Stack(.schannel, product: .dotNet)

  /// Error names of Windows, as curl and others on SChannel print them.
  fileprivate static let schannel: [LogPattern] = [
    .init("schannel: ", .mark, stack), .init("SEC_E_UNTRUSTED_ROOT", .certUntrusted, .likely, stack),
    .init("SEC_E_CERT_EXPIRED", .certExpired, .likely, stack),
    .init("SEC_E_WRONG_PRINCIPAL", .certNameMismatch, .certain, stack),
    .init("SEC_E_ALGORITHM_MISMATCH", .tlsCipherSuite, .possible, stack),
    .init("SEC_E_ILLEGAL_MESSAGE", .tlsUnknown, .possible, stack),
    .init(
      "SEC_E_INVALID_TOKEN", .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .possible), stack),
    .init("CRYPT_E_REVOKED", .certRevoked, .certain, stack),
    .init("CRYPT_E_NO_REVOCATION_CHECK", .certRevoked, .likely, stack, by: "unknown"),
    .init("CRYPT_E_REVOCATION_OFFLINE", .certRevoked, .likely, stack, by: "unknown"),
    .init("CERT_E_UNTRUSTEDROOT", .certUntrusted, .likely, stack),
    .init("CERT_E_EXPIRED", .certExpired, .likely, stack),
    .init("CERT_E_CN_NO_MATCH", .certNameMismatch, .certain, stack),
    .init("CERT_E_CHAINING", .certIncompleteChain, .likely, stack),
  ]

  /// .NET, on SChannel and elsewhere.
  fileprivate static let dotNet: [LogPattern] = [
    .init("System.Net.Security", .mark, dotNetStack),
    .init("System.Security.Authentication.AuthenticationException", .mark, dotNetStack),
    .init("System.Net.Http.HttpRequestException", .mark, dotNetStack),
    .init("remote party sent a TLS alert: ", .alertName(fromPeer: true, after: "'"), dotNetStack),
    .init("protocol defined fatal alert code is ", .alertNumber(fromPeer: true), dotNetStack),
    .init("protocol defined fatal error code is ", .alertNumber(fromPeer: false), dotNetStack),
    .init("The remote certificate is invalid", .certRejected, .likely, dotNetStack),
    .init("The remote certificate was rejected", .certRejected, .likely, dotNetStack),
    .init("RemoteCertificateNameMismatch", .certNameMismatch, .certain, dotNetStack),
    .init("RemoteCertificateChainErrors", .certUntrusted, .possible, dotNetStack),
    .init("RemoteCertificateNotAvailable", .certClientRequired, .likely, dotNetStack),
    .init("UntrustedRoot", .certUntrusted, .certain, dotNetStack),
    .init("PartialChain", .certIncompleteChain, .likely, dotNetStack),
    .init("NotTimeValid", .certExpired, .likely, dotNetStack),
    .init("RevocationStatusUnknown", .certRevoked, .likely, dotNetStack, by: "unknown"),
    .init("NotValidForUsage", .certUsage, .certain, dotNetStack),
    .init(
      "Cannot determine the frame size or a corrupted frame",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .likely), dotNetStack),
    .init(
      "handshake failed due to an unexpected packet format",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .likely), dotNetStack),
    .init("do not possess a common algorithm", .tlsCipherSuite, .possible, dotNetStack),
    .init("message received was unexpected or badly formatted", .tlsUnknown, .possible, dotNetStack),
    .init("Could not create SSL/TLS secure channel", .tlsUnknown, .possible, dotNetStack),
    .init("has closed the transport stream", .peerClosed, dotNetStack),
    .init("unexpected EOF or 0 bytes from the transport stream", .peerClosed, dotNetStack),
  ]
}
