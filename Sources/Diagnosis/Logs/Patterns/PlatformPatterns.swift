extension LogPattern {
  private static let gnutlsStack = Stack(.gnuTLS)
  private static let wget = Stack(.gnuTLS, product: .wget)
  private static let dotNetStack = Stack(.schannel, product: .dotNet)

  /// GnuTLS, gnutls-cli and Wget.
  static let gnutls: [LogPattern] = [
    .init("gnutls", .mark, gnutlsStack), .init("- Status: The certificate is", .mark, gnutlsStack),
    .init("*** Received alert [", .alertNumber(fromPeer: true), gnutlsStack),
    .init("The certificate is NOT trusted.", .certRejected, .likely, gnutlsStack),
    .init("requires the server to include an OCSP status", .certRevoked, .certain, gnutlsStack, by: "must-staple"),
    .init(
      "Diffie-Hellman prime sent by the server is not acceptable", .tlsGroup, .certain, gnutlsStack, by: "dh-too-small"),
    .init("The certificate issuer is unknown.", .certUntrusted, .likely, gnutlsStack),
    .init("The certificate issuer is not a CA.", .certUsage, .certain, gnutlsStack, by: "no-authority"),
    .init("uses expired certificate", .certExpired, .certain, gnutlsStack),
    .init("uses not yet valid certificate", .certNotYetValid, .certain, gnutlsStack),
    .init("name in the certificate does not match the expected", .certNameMismatch, .certain, gnutlsStack),
    .init("The certificate chain is revoked", .certRevoked, .certain, gnutlsStack),
    .init("uses insecure algorithm", .certWeak, .certain, gnutlsStack),
    .init("PKI verification of server certificate failed", .certRejected, .possible, gnutlsStack),
    .init("Error in the certificate verification", .certRejected, .likely, gnutlsStack),
    .init("No certificate was found", .certClientRequired, .likely, gnutlsStack),
    .init(
      "An unexpected TLS packet was received",
      .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .likely), gnutlsStack),
    .init("No supported cipher suites have been found", .tlsCipherSuite, .certain, gnutlsStack),
    .init("Could not negotiate a supported cipher suite", .tlsCipherSuite, .certain, gnutlsStack),
    .init("illegal or unsupported version was received", .tlsVersion, .certain, gnutlsStack),
    .init("No common key share with peer", .tlsGroup, .certain, gnutlsStack),
    .init("No common application protocol could be negotiated", .tlsALPN, .certain, gnutlsStack),
    .init("None of the provided settings compatible signature", .tlsSignatureScheme, .likely, gnutlsStack),
    .init("Error in handshake: A TLS fatal alert has been received", .tlsUnknown, .possible, gnutlsStack),
    .init("Decryption has failed.", .tlsDecrypt, .likely, gnutlsStack),
    .init("TLS connection was non-properly terminated", .peerClosed, gnutlsStack),
    .init("ERROR: cannot verify ", .certRejected, .likely, wget),
    .init("Unable to locally verify the issuer's authority", .certUntrusted, .likely, wget),
    .init("doesn't match requested host name", .certNameMismatch, .certain, wget),
    .init("no certificate subject alternative name matches", .certNameMismatch, .certain, wget),
  ]

  private static let mbed = Stack(.mbedTLS)
  private static let wolf = Stack(.wolfSSL)

  /// Mbed TLS and wolfSSL, by their error strings.
  static let embedded: [LogPattern] = [
    .init("mbedtls_", .mark, mbed), .init("mbed TLS", .mark, mbed), .init("wolfSSL", .mark, wolf),
    .init("X509 - Certificate verification failed", .certRejected, .likely, mbed),
    .init("SSL - An invalid SSL record was received", .appPlaintextServer, .possible, mbed),
    .init("SSL - A fatal alert message was received", .tlsUnknown, .possible, mbed),
    .init("SSL - The connection indicated an EOF", .peerClosed, mbed),
    .init("SSL - No client certification received", .certClientRequired, .certain, mbed),
    .init("SSL - The server has no ciphersuites in common", .tlsCipherSuite, .certain, mbed),
    .init("SSL - Handshake protocol not within min/max", .tlsVersion, .certain, mbed),
    .init("The certificate is not correctly signed by the trusted CA", .certUntrusted, .likely, mbed),
    .init("The certificate validity has expired", .certExpired, .certain, mbed),
    .init("The certificate validity starts in the future", .certNotYetValid, .certain, mbed),
    .init("Common Name (CN) does not match with the expected CN", .certNameMismatch, .certain, mbed),
    .init("ASN no signer error to confirm failure", .certUntrusted, .likely, wolf),
    .init("ASN date error, current date after", .certExpired, .certain, wolf),
    .init("ASN date error, current date before", .certNotYetValid, .certain, wolf),
    .init("peer subject name mismatch", .certNameMismatch, .certain, wolf),
    .init("peer sent no cert", .certClientRequired, .certain, wolf),
    .init("can't match cipher suite", .tlsCipherSuite, .certain, wolf),
    .init("record layer version error", .appPlaintextServer, .possible, wolf),

    // Mbed TLS prints its errors as numbers where the texts are left out to save memory: ssl.h and x509.h have them.
    .init("-0x2700", .certRejected, .likely, mbed), .init("-0x2080", .certWeak, .possible, mbed),
    .init("-0x6E80", .tlsVersion, .certain, mbed), .init("-0x7580", .tlsALPN, .certain, mbed),
    .init("-0x7800", .tlsSNIUnrecognized, .certain, mbed), .init("-0x7480", .certClientRequired, .certain, mbed),
    .init("-0x7680", .certUntrusted, .certain, mbed, by: "trust-store"),
    .init("-0x7200", .appPlaintextServer, .possible, mbed), .init("-0x7780", .tlsUnknown, .possible, mbed),
    .init("-0x6E00", .tlsUnknown, .possible, mbed), .init("-0x7380", .tlsCipherSuite, .possible, mbed),
    .init("-0x7280", .peerClosed, mbed), .init("-0x6800", .tcpServerSilent, .likely, mbed),
  ]

  /// .NET, on SChannel and elsewhere, and SChannel's own events.
  static let dotNet: [LogPattern] = [
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

  private static let schannel = Stack(.schannel)
  private static let secureTransport = Stack(.apple)

  /// Error names of Windows, as curl and others on SChannel print them, and of Apple's Secure Transport.
  static let systems: [LogPattern] = [
    .init("schannel: ", .mark, schannel), .init("SEC_E_UNTRUSTED_ROOT", .certUntrusted, .likely, schannel),
    .init("SEC_E_CERT_EXPIRED", .certExpired, .likely, schannel),
    .init("SEC_E_WRONG_PRINCIPAL", .certNameMismatch, .certain, schannel),
    .init("SEC_E_ALGORITHM_MISMATCH", .tlsCipherSuite, .possible, schannel),
    .init("SEC_E_ILLEGAL_MESSAGE", .tlsUnknown, .possible, schannel),
    .init(
      "SEC_E_INVALID_TOKEN", .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .possible), schannel),
    .init("CRYPT_E_REVOKED", .certRevoked, .certain, schannel),
    .init("CRYPT_E_NO_REVOCATION_CHECK", .certRevoked, .likely, schannel, by: "unknown"),
    .init("CRYPT_E_REVOCATION_OFFLINE", .certRevoked, .likely, schannel, by: "unknown"),
    .init("CERT_E_UNTRUSTEDROOT", .certUntrusted, .likely, schannel),
    .init("CERT_E_EXPIRED", .certExpired, .likely, schannel),
    .init("CERT_E_CN_NO_MATCH", .certNameMismatch, .certain, schannel),
    .init("CERT_E_CHAINING", .certIncompleteChain, .likely, schannel),
    .init("errSSLXCertChainInvalid", .certRejected, .likely, secureTransport),
    .init("errSSLBadCert", .certRejected, .likely, secureTransport),
    .init("errSSLUnknownRootCert", .certUntrusted, .likely, secureTransport),
    .init("errSSLNoRootCert", .certUntrusted, .likely, secureTransport),
    .init("errSSLCertExpired", .certExpired, .certain, secureTransport),
    .init("errSSLCertNotYetValid", .certNotYetValid, .certain, secureTransport),
    .init("errSSLHostNameMismatch", .certNameMismatch, .certain, secureTransport),
    .init("errSSLPeerHandshakeFail", .tlsUnknown, .possible, secureTransport),
    .init("errSSLPeerProtocolVersion", .tlsVersion, .likely, secureTransport),
  ]

  /// What browsers and Apple's libraries show.
  static let browsers: [LogPattern] = [
    .init("ERR_CERT_AUTHORITY_INVALID", .certUntrusted, .certain, Stack(.boringSSL, product: .chrome)),
    .init("ERR_CERT_DATE_INVALID", .certExpired, .likely, Stack(.boringSSL, product: .chrome)),
    .init("ERR_CERT_COMMON_NAME_INVALID", .certNameMismatch, .certain, Stack(.boringSSL, product: .chrome)),
    .init("ERR_CERT_REVOKED", .certRevoked, .certain, Stack(.boringSSL, product: .chrome)),
    .init("ERR_CERT_WEAK_", .certWeak, .certain, Stack(.boringSSL, product: .chrome)),
    .init("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", .tlsVersion, .possible, Stack(.boringSSL, product: .chrome)),
    .init("ERR_BAD_SSL_CLIENT_AUTH_CERT", .certClientRejected, .likely, Stack(.boringSSL, product: .chrome)),
    .init("SEC_ERROR_UNKNOWN_ISSUER", .certUntrusted, .likely, Stack(.nss, product: .firefox)),
    .init("SEC_ERROR_EXPIRED_CERTIFICATE", .certExpired, .certain, Stack(.nss, product: .firefox)),
    .init("SEC_ERROR_REVOKED_CERTIFICATE", .certRevoked, .certain, Stack(.nss, product: .firefox)),
    .init("SSL_ERROR_BAD_CERT_DOMAIN", .certNameMismatch, .certain, Stack(.nss, product: .firefox)),
    .init("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", .certSelfSigned, .certain, Stack(.nss, product: .firefox)),
    .init("SSL_ERROR_NO_CYPHER_OVERLAP", .tlsCipherSuite, .likely, Stack(.nss, product: .firefox)),
    .init("SSL_ERROR_UNSUPPORTED_VERSION", .tlsVersion, .certain, Stack(.nss, product: .firefox)),
    .init("SSL_ERROR_RX_RECORD_TOO_LONG", .appPlaintextServer, .likely, Stack(.nss, product: .firefox)),
    .init("PR_END_OF_FILE_ERROR", .peerClosed, Stack(.nss, product: .firefox)),
    .init("PR_CONNECT_RESET_ERROR", .peerClosed, Stack(.nss, product: .firefox)),
    .init("NSURLErrorDomain", .mark, Stack(.apple)),
    .init("NSURLErrorDomain Code=-1201", .certExpired, .likely, Stack(.apple)),
    .init("NSURLErrorDomain Code=-1202", .certRejected, .likely, Stack(.apple)),
    .init("NSURLErrorDomain Code=-1203", .certUntrusted, .certain, Stack(.apple)),
    .init("NSURLErrorDomain Code=-1204", .certNotYetValid, .certain, Stack(.apple)),
    .init("NSURLErrorDomain Code=-1205", .certClientRejected, .certain, Stack(.apple)),
    .init("NSURLErrorDomain Code=-1206", .certClientRequired, .certain, Stack(.apple)),
    .init("NSURLErrorDomain Code=-1003", .dnsNoAnswer, .certain, Stack(.apple)),
  ]
}
