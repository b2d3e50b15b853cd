import TLSProtocol

extension StackFamily {
  /// Java's own, `sun.security.ssl`.
  public static let jsse = StackFamily(rawValue: "JSSE")
}

extension StackProduct {
  /// A Java program on the TLS of its runtime.
  public static let java = StackProduct(rawValue: "Java")
}

extension StackProfile {
  static let jsse = StackProfile(
    family: .jsse,
    commonName: "Java",
    audiences: [.java],
    programs: [
      StackProgram(.java, audiences: [.java], hello: [.init("written as Java's own TLS writes it", [])])
    ],
    hello: .signature(.jsse),
    answer: { answer in
      // JSSE alone fills each TLS 1.3 record up with 16 bytes (RFC 8446 §5.4).
      guard answer.isTLS13, answer.lengths.count >= 2, answer.lengths.last == answer.finishedLength + 16 else {
        return nil
      }
      return .init(.likely, ["records padded with 16 bytes, as only Java does"], product: .java)
    },
    alertNotes: [
      .closeNotify: "Sent together with user_canceled where the application gives up during the handshake.",
      .unexpectedMessage: "Sent on a plaintext answer (\"Unsupported or unrecognized SSL message\").",
      .userCanceled: "A warning before close_notify where a connection is closed during the handshake.",
      .internalError: "Sent for exceptions that are no TLS errors.",
      .handshakeFailure: "From a client after the server's close it is only a consequence: Java sends it itself.",
      .badCertificate:
        "A Java server says it where the client sends no certificate (\"Empty client certificate chain\").",
      .certificateExpired: "Since Java 25; older ones say certificate_unknown.",
      .certificateUnknown:
        "Java's word for nearly every failed check: untrusted, incomplete, expired, wrong name or usage.",
      .badCertificateStatusResponse: "With revocation checking on and a bad staple.",
      .unrecognizedName: "A server whose SNI matcher refuses the name.",
    ],
    logs: LogPattern.jsse,
    logging: { $0.javaDebugLog })
}

extension StackSignature {
  fileprivate static let jsse = StackSignature(
    source: "OpenJDK 11, 17, 21, 25, recorded; sun.security.ssl.CipherSuite, SSLExtension",
    traits: [
      Weighted(3, .hasForTLS12(.statusRequestV2), "status_request_v2, which hardly any other client sends"),
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
      Weighted(2, .has(.signatureAlgorithmsCert), "signature_algorithms_cert"),
      Weighted(1, .hasScheme(.rsaPSSPSSSHA256), "RSA-PSS certificates' schemes"),
      Weighted(1, .lacks(.encryptThenMAC), "no encrypt_then_mac"),
    ],
    versions: [
      Narrowing("15 or later", [.hasScheme(.ed25519)]),
      Narrowing("11 to 14", [.has(.supportedVersions), .schemes(jsseSchemes, atLeast: 10)]),
    ])

  private static let jsseSchemes: [UInt16] = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
    0x0402, 0x0303, 0x0301, 0x0302, 0x0203, 0x0201, 0x0202,
  ]
}

extension LogPattern {
  private static let jsseStack = Stack(.jsse, product: .java)

  /// javax.net.debug of every version, exception chains, and the HTTP clients above JSSE.
  fileprivate static let jsse: [LogPattern] = [
    .init("javax.net.ssl|", .mark, jsseStack), .init("sun.security.ssl.", .mark, jsseStack),
    .init("javax.net.ssl.SSL", .mark, jsseStack), .init("java.net.", .mark, jsseStack),
    .init("trustStore is: ", .mark, jsseStack),
    .init("Received fatal alert: ", .alertName(fromPeer: true)),
    .init("Fatal (", .alertName(fromPeer: false), jsseStack),
    // JDK 8: "main, RECV TLSv1.2 ALERT:  fatal, handshake_failure"
    .init(", RECV TLSv1", .alertName(fromPeer: true, after: "fatal, "), jsseStack),
    .init(", SEND TLSv1", .alertName(fromPeer: false, after: "description = "), jsseStack),
    .init("handshake alert:  ", .alertName(fromPeer: true), jsseStack),

    .init("Produced ClientHello handshake message", .context(.clientHello), jsseStack),
    .init("*** ClientHello", .context(.clientHello), jsseStack),
    .init("Consuming ServerHello handshake message", .context(.serverHello), jsseStack),
    .init("*** ServerHello", .context(.serverHello), jsseStack),
    .init("No X.509 certificate for client authentication", .context(.emptyClientCertificate), jsseStack),
    .init("No available client authentication scheme", .context(.emptyClientCertificate), jsseStack),
    .init("no suitable certificate found - continuing without client", .context(.emptyClientCertificate), jsseStack),
    .init("Consuming server Certificate handshake message", .context(.serverCertificate), jsseStack),
    .init("Consuming CertificateVerify", .context(.endOfCertificates), jsseStack),
    .init("Consuming ECDH ServerKeyExchange", .context(.endOfCertificates), jsseStack),
    .init("\"issuer\"             :", .context(.issuer)), .init("\"subject\"            :", .context(.subject)),
    .init("\"not before\"         :", .context(.notBefore)), .init("\"not  after\"         :", .context(.notAfter)),

    .init("unable to find valid certification path", .certUntrusted, .likely, jsseStack),
    .init("PKIX path building failed", .certUntrusted, .possible, jsseStack),
    .init("Path does not chain with any of the trust anchors", .certUntrusted, .certain, jsseStack),
    .init("No trusted certificate found", .certUntrusted, .likely, jsseStack),
    .init("trustAnchors parameter must be non-empty", .certUntrusted, .certain, jsseStack, by: "trust-store"),
    .init("CertPathValidatorException: validity check failed", .certExpired, .likely, jsseStack),
    .init("CertificateExpiredException", .certExpired, .certain, jsseStack),
    .init("CertificateNotYetValidException", .certNotYetValid, .certain, jsseStack),
    .init("No subject alternative ", .certNameMismatch, .certain, jsseStack),
    .init("No name matching ", .certNameMismatch, .certain, jsseStack),
    .init("doesn't match any of the subject alternative names", .certNameMismatch, .certain, jsseStack),
    .init("doesn't match common name of the certificate", .certNameMismatch, .certain, jsseStack),
    .init("SSLPeerUnverifiedException: Hostname ", .certNameMismatch, .certain, jsseStack),
    .init("SSLPeerUnverifiedException", .certRejected, .possible, jsseStack),
    .init("Extended key usage does not permit", .certUsage, .certain, jsseStack),
    .init("KeyUsage does not allow", .certUsage, .certain, jsseStack, by: "key-usage"),
    .init("Netscape cert type does not permit", .certUsage, .certain, jsseStack),
    .init("basic constraints check failed", .certUsage, .certain, jsseStack, by: "no-authority"),
    .init("basic constraints check failed: pathLenConstraint", .certUsage, .certain, jsseStack, by: "path-length"),
    .init("name constraints check failed", .certUsage, .certain, jsseStack, by: "name-constraints"),
    .init("Algorithm constraints check failed", .certWeak, .certain, jsseStack),
    .init("do not conform to algorithm constraints", .certWeak, .certain, jsseStack),
    .init("does not conform to algorithm constraints", .certWeak, .certain, jsseStack),
    .init("CertificateRevokedException", .certRevoked, .certain, jsseStack),
    .init("Certificate has been revoked", .certRevoked, .certain, jsseStack),
    .init("Unable to determine revocation status", .certRevoked, .likely, jsseStack, by: "unknown"),
    .init("CertPathValidatorException: signature check failed", .certRejected, .likely, jsseStack, by: "bad-signature"),
    .init("Empty client certificate chain", .certClientRequired, .certain, jsseStack),
    .init("SSLHandshakeException: null cert chain", .certClientRequired, .certain, jsseStack),

    .init("Remote host terminated the handshake", .peerClosed, jsseStack),
    .init("Remote host closed connection during handshake", .peerClosed, jsseStack),
    .init("SSL peer shut down incorrectly", .peerClosed, jsseStack),
    .init(
      "Unsupported or unrecognized SSL message",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .certain), jsseStack),
    .init(
      "Unrecognized SSL message, plaintext connection",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .certain), jsseStack),
    .init("No matching application layer protocol values", .tlsALPN, .certain, jsseStack),
    .init("No appropriate protocol", .tlsVersion, .certain, jsseStack, by: "nothing-enabled", of: .client),
    .init("is not accepted by client preferences", .tlsVersion, .certain, jsseStack, by: "chosen"),
    .init("is not enabled or supported in server context", .tlsVersion, .certain, jsseStack),
    .init("but that protocol version is not enabled", .tlsVersion, .certain, jsseStack),
    .init("no cipher suites in common", .tlsCipherSuite, .likely, jsseStack),
    .init("No negotiable cipher suite", .tlsCipherSuite, .likely, jsseStack),
    .init("Unsupported curve", .tlsGroup, .likely, jsseStack),
    .init("No common named group", .tlsGroup, .likely, jsseStack),
    .init("Extended Master Secret extension is required", .tlsExtension, .certain, jsseStack),
    .init("Ignore unavailable extended_master_secret extension", .tlsExtension, .possible, jsseStack),
    .init("No available authentication scheme", .tlsSignatureScheme, .likely, jsseStack),
    .init("Inaccessible trust store", .certUntrusted, .certain, jsseStack, by: "trust-store"),
    .init("keystore password was incorrect", .captureIncomplete, .certain, jsseStack, by: "client-setup"),
    .init(
      "Keystore was tampered with, or password was incorrect", .captureIncomplete, .certain, jsseStack,
      by: "client-setup"),
    .init("Invalid keystore format", .captureIncomplete, .certain, jsseStack, by: "client-setup"),
    .init("exceeds the maximum allowed size", .tlsIntolerance, .certain, jsseStack, by: "large-message"),
    .init("does not comply to algorithm constraints", .tlsGroup, .likely, jsseStack, by: "dh-too-small"),
    .init("Received close_notify during handshake", .peerClosed, jsseStack),
    .init("Insecure renegotiation", .tlsExtension, .likely, jsseStack),
    .init("Handshake message sequence violation", .tlsMalformed, .likely, jsseStack),
    .init("AEADBadTagException", .tlsDecrypt, .certain, jsseStack),
    .init("SSLException: Tag mismatch", .tlsDecrypt, .certain, jsseStack),
    .init("Invalid ECDH ServerKeyExchange signature", .tlsDecrypt, .certain, jsseStack),

    .init("UnknownHostException", .dnsNoAnswer, .certain, jsseStack),
    .init("NoRouteToHostException", .tcpUnreachable, .certain, jsseStack),
    .init("java.net.BindException: Permission denied", .tcpUnreachable, .likely, jsseStack),
    .init("java.net.ConnectException: Permission denied", .tcpUnreachable, .likely, jsseStack),
    .init("SocketTimeoutException: Connect timed out", .tcpTimeout, .certain, jsseStack),
    .init("HttpConnectTimeoutException", .tcpTimeout, .likely, jsseStack),
    .init("Read timed out", .tcpServerSilent, .possible, jsseStack),
    .init("java.io.IOException: Error writing to server", .peerClosed, jsseStack),
  ]
}
