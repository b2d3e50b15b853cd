import TLSProtocol

extension StackFamily {
  /// OpenSSL, and what is built on it.
  public static let openSSL = StackFamily(rawValue: "OpenSSL")
}

extension StackProfile {
  static let openSSL = StackProfile(
    family: .openSSL,
    audiences: [.opensslCommand],
    // Python's hello also shows what curl's does.
    programs: [.opensslCommand, .python, .node, .curl, .nginx, .haproxy, .apache],
    hello: .signature(.openSSL),
    answer: { answer in
      if answer.isTLS13 {
        guard answer.opens(with: [.supportedVersions, .keyShare]), answer.lengths.count >= 2,
          answer.lengths.last == answer.finishedLength
        else { return nil }
        return .init(.possible, ["supported_versions before key_share", "a record for each message"])
      }
      guard answer.opens(with: [.renegotiationInfo, .ecPointFormats]) else { return nil }
      return .init(.possible, ["OpenSSL's order of extensions in its ServerHello"])
    },
    // ssl_x509err2alert in statem_lib.c: what has no alert of its own becomes certificate_unknown.
    trustAlerts: [.unknownCA, .badCertificate],
    alertNotes: [
      .internalError: "Sent where a callback of the program fails.",
      .handshakeFailure: "A TLS 1.2 server says it where the client certificate is missing.",
      .protocolVersion: "The client's versions lie outside MinProtocol and MaxProtocol.",
      .illegalParameter: "A server says it where a pre-shared key's binder does not verify.",
      .badCertificate: "A client says it for a wrong host name, a certificate not yet valid, a key too weak.",
      .unsupportedCertificate: "The purpose does not fit (extendedKeyUsage).",
      .unknownCA: "Untrusted, self-signed and missing issuer alike.",
      .certificateRequired: "TLS 1.3 only.",
      .unrecognizedName: "HAProxy's strict-sni sends it for unknown and for missing names.",
    ],
    // SSL_alert_desc_string_long
    alertSpellings: ["decryption failed or bad record mac": .badRecordMAC],
    logs: LogPattern.openSSL + LogPattern.verification,
    logging: { $0.keysOrErrorLog })
}

extension StackSignature {
  fileprivate static let openSSL = StackSignature(
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
      Weighted(1, .has(.encryptThenMAC), "encrypt_then_mac"),
      Weighted(
        1, .groups([0x11ec, 0x11eb, 0x11ee, 29, 23, 30, 25, 24, 256, 257, 258, 259, 260], atLeast: 4),
        "OpenSSL's groups"),
    ],
    versions: [
      Narrowing("3.5 or later", [.hasGroup(.x25519MLKEM768)]),
      Narrowing("3.0 or later", [.has(.supportedVersions), .hasGroup(.ffdhe2048)]),
      Narrowing("1.1.1 or later", [.has(.supportedVersions)]), Narrowing("1.0.1 or 1.0.2", [.has(.heartbeat)]),
      Narrowing(
        "1.0.2 or 1.1.0",
        [
          .lacks(.supportedVersions),
          .schemes(
            [
              0x0601, 0x0602, 0x0603, 0x0501, 0x0502, 0x0503, 0x0401, 0x0402, 0x0403, 0x0301, 0x0302, 0x0303, 0x0201,
              0x0202, 0x0203,
            ], atLeast: 8),
        ]),
    ])
}

extension LogPattern {
  private static let stack = Stack(.openSSL)
  private static let command = Stack(.openSSL, product: .opensslCommand)

  /// OpenSSL's error strings, as every program on it passes them on; BoringSSL's are the same in capitals.
  fileprivate static let openSSL: [LogPattern] = [
    .init("SSL routines:", .mark, stack),
    .init("SSL handshake has read", .mark, command), .init("Secure Renegotiation IS", .mark, command),
    .init("SSL alert number ", .alertNumber(fromPeer: true)),
    .init("sslv3 alert ", .alertName(fromPeer: true)), .init("tlsv1 alert ", .alertName(fromPeer: true)),
    .init("tlsv13 alert ", .alertName(fromPeer: true)), .init("ssl/tls alert ", .alertName(fromPeer: true)),
    .init("tlsv1 unrecognized name", .tlsSNIUnrecognized, .possible, stack),
    .init("tlsv1 bad certificate status response", .certRevoked, .likely, stack),
    .init("tlsv1 unsupported extension", .tlsExtension, .likely, stack),

    .init("session id context uninitialized", .tlsResumption, .certain, stack, by: "session-id-context"),
    .init("excessive message size", .tlsIntolerance, .likely, stack, by: "large-message"),
    .init("extension not received", .tlsExtension, .possible, stack),
    .init("no shared cipher", .tlsCipherSuite, .likely, stack),
    .init("no ciphers available", .tlsCipherSuite, .likely, stack),
    .init("wrong cipher returned", .tlsCipherSuite, .likely, stack),
    .init("unsupported protocol", .tlsVersion, .certain, stack),
    .init("version too low", .tlsVersion, .certain, stack), .init("version too high", .tlsVersion, .certain, stack),
    .init("no protocols available", .tlsVersion, .certain, stack, by: "nothing-enabled", of: .client),
    .init("wrong ssl version", .tlsVersion, .likely, stack),
    .init(
      "wrong version number",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .likely, onServer: .possible), stack),
    .init("no application protocol", .tlsALPN, .certain, stack),
    .init("unsolicited extension", .tlsExtension, .likely, stack),
    .init("record layer failure", .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .possible), stack),
    .init(
      "packet length too long", .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .possible), stack),
    .init("unknown protocol", .bySide(client: .appPlaintextServer, server: .tlsVersion, .possible), stack),
    .init(":http request", .appPlaintextClient, .certain, stack),
    .init("HTTP_REQUEST]", .appPlaintextClient, .certain, stack),
    .init("https proxy request", .appProxyProtocol, .certain, stack),
    .init("no suitable key share", .tlsGroup, .certain, stack), .init("no shared group", .tlsGroup, .certain, stack),
    .init("no suitable groups", .tlsGroup, .certain, stack), .init("bad key share", .tlsGroup, .likely, stack),
    .init("missing supported groups extension", .tlsGroup, .certain, stack),
    .init("dh key too small", .tlsGroup, .certain, stack, by: "dh-too-small"),
    .init("wrong curve", .tlsGroup, .certain, stack),
    .init("no suitable signature algorithm", .tlsSignatureScheme, .certain, stack),
    .init("no shared signature alg", .tlsSignatureScheme, .certain, stack),
    .init("no common signature algorithms", .tlsSignatureScheme, .certain, stack),
    .init("wrong signature type", .tlsSignatureScheme, .likely, stack),
    .init("inappropriate fallback", .tlsFallback, .certain, stack),
    .init("binder does not verify", .tlsResumption, .certain, stack),
    .init("psk identity not found", .tlsResumption, .certain, stack, by: "unknown-identity"),
    .init("bad psk", .tlsResumption, .likely, stack),
    .init("inconsistent extms", .tlsResumption, .certain, stack),
    .init("unsafe legacy renegotiation disabled", .tlsExtension, .certain, stack, by: "secure-renegotiation"),
    .init("peer did not return a certificate", .certClientRequired, .certain, stack),
    .init("decryption failed or bad record mac", .tlsDecrypt, .likely, stack),
    .init("digest check failed", .tlsDecrypt, .likely, stack), .init(":bad signature", .tlsDecrypt, .likely, stack),
    .init("unexpected message", .tlsMalformed, .possible, stack),
    .init("length mismatch", .tlsMalformed, .possible, stack),
    // What becomes of a server-name callback that refuses.
    .init("callback failed", .bySide(client: .tlsUnknown, server: .tlsSNIUnrecognized, .possible), stack),
    .init("unexpected eof while reading", .peerClosed), .init("SSL_ERROR_SYSCALL", .peerClosed),
    .init("EOF occurred in violation of protocol", .peerClosed),
  ]

  /// What OpenSSL says about certificates.
  fileprivate static let verification: [LogPattern] = [
    .init("certificate verify failed", .certRejected, .likely, stack),
    .init("verify error:num=", .verificationNote, command), .init("Verify return code: ", .verificationNote, command),
    .init("Verification error: ", .verificationNote, command),
    .init("New, TLSv1", .context(.established), command), .init("New, SSLv3", .context(.established), command),
    .init("Reused, TLSv1", .context(.established), command),
    .init("self-signed certificate", .certSelfSigned, .certain),
    .init("self signed certificate", .certSelfSigned, .certain),
    .init("self-signed certificate in certificate chain", .certUntrusted, .certain),
    .init("self signed certificate in certificate chain", .certUntrusted, .certain),
    .init("unable to get local issuer certificate", .certUntrusted, .likely),
    .init("unable to get issuer certificate", .certUntrusted, .likely),
    .init("unable to verify the first certificate", .certIncompleteChain, .likely),
    .init("certificate not trusted", .certUntrusted, .likely),
    .init("certificate has expired", .certExpired, .certain),
    .init("certificate is not yet valid", .certNotYetValid, .certain),
    .init("hostname mismatch", .certNameMismatch, .certain), .init("IP address mismatch", .certNameMismatch, .certain),
    .init("certificate revoked", .certRevoked, .certain),
    .init("unable to get certificate CRL", .certRevoked, .likely, by: "unknown"),
    .init("CRL has expired", .certRevoked, .certain, by: "unknown"),
    .init("CRL is not yet valid", .certRevoked, .certain, by: "unknown"),
    .init("Missing Authority Key Identifier", .certRejected, .certain, by: "other-check"),
    .init("Missing Subject Key Identifier", .certRejected, .certain, by: "other-check"),
    .init("Basic Constraints of CA cert not marked critical", .certRejected, .certain, by: "other-check"),
    .init("CA cert does not include key usage extension", .certRejected, .certain, by: "other-check"),
    .init("certificate signature failure", .certRejected, .likely, by: "bad-signature"),
    .init("permitted subtree violation", .certUsage, .certain, by: "name-constraints"),
    .init("excluded subtree violation", .certUsage, .certain, by: "name-constraints"),
    .init("certificate key too weak", .certWeak, .certain), .init("ee key too small", .certWeak, .certain),
    .init("ca key too small", .certWeak, .certain), .init("ca md too weak", .certWeak, .certain),
    .init("signature digest algorithm too weak", .certWeak, .certain), .init("bad ecc cert", .certWeak, .likely),
    .init("certificate purpose", .certUsage, .certain),
    .init("invalid CA certificate", .certUsage, .certain, by: "no-authority"),
    .init("path length constraint exceeded", .certUsage, .certain, by: "path-length"),
    .init("key usage does not include", .certUsage, .certain),
  ]
}
