extension LogPattern {
  private static let stack = Stack(.rustls)
  private static let granianStack = Stack(.rustls, product: .granian)

  /// rustls' errors in their Debug and Display forms, and the lines of the servers above it.
  static let rustls: [LogPattern] = [
    .init("rustls::", .mark, stack), .init("tokio_rustls", .mark, stack), .init("rustls_", .mark, stack),
    .init("granian", .mark, granianStack), .init("TlsAcceptError {", .mark, stack),
    .init("actix_", .mark, Stack(.rustls, product: .actix)), .init("axum", .mark, Stack(.rustls, product: .axum)),
    .init("AlertReceived(", .alertName(fromPeer: true), stack),

    .init("Tls12NotOffered", .tlsVersion, .certain, stack),
    .init("SupportedVersionsExtensionRequired", .tlsVersion, .certain, stack),
    .init("ServerTlsVersionIsDisabledByOurConfig", .tlsVersion, .certain, stack),
    .init("ServerDoesNotSupportTls12Or13", .tlsVersion, .certain, stack),
    .init("NoCipherSuitesInCommon", .tlsCipherSuite, .certain, stack),
    // Also what a hello without any ECDHE suite ends in: the packets decide between group and suite.
    .init("NoKxGroupsInCommon", .tlsGroup, .possible, stack),
    .init("NamedGroupsExtensionRequired", .tlsGroup, .likely, stack),
    .init("KeyShareExtensionRequired", .tlsGroup, .likely, stack),
    .init("NoEcPointFormatsInCommon", .tlsGroup, .likely, stack),
    .init("incompatible signing key", .tlsSignatureScheme, .certain, stack),
    .init("NoSignatureSchemesInCommon", .tlsSignatureScheme, .certain, stack),
    // A client of TLS 1.1 or older sends none either.
    .init("SignatureAlgorithmsExtensionRequired", .tlsSignatureScheme, .possible, stack),
    .init("NoServerNameProvided", .tlsSNIMissing, .certain, stack),
    .init("no server certificate chain resolved", .tlsSNIUnrecognized, .likely, stack),
    .init("ExtendedMasterSecretExtensionRequired", .tlsExtension, .certain, stack),
    .init("ExtendedMainSecretExtensionRequired", .tlsExtension, .certain, stack),
    .init("NoApplicationProtocol", .tlsALPN, .certain, stack),
    .init("peer doesn't support any known protocol", .tlsALPN, .certain, stack),
    .init("NoCertificatesPresented", .certClientRequired, .certain, stack),
    .init("peer sent no certificates", .certClientRequired, .certain, stack),

    .init("InvalidCertificate(", .certRejected, .likely, stack),
    .init("invalid peer certificate", .certRejected, .likely, stack),
    .init("InvalidCertificate(UnknownIssuer", .certUntrusted, .likely, stack),
    .init("peer certificate: UnknownIssuer", .certUntrusted, .likely, stack),
    .init("InvalidCertificate(Expired", .certExpired, .certain, stack),
    .init("peer certificate: Expired", .certExpired, .certain, stack),
    .init("certificate expired: verification time", .certExpired, .certain, stack),
    .init("InvalidCertificate(NotValidYet", .certNotYetValid, .certain, stack),
    .init("peer certificate: NotValidYet", .certNotYetValid, .certain, stack),
    .init("certificate not valid yet: verification time", .certNotYetValid, .certain, stack),
    .init("InvalidCertificate(NotValidForName", .certNameMismatch, .certain, stack),
    .init("peer certificate: NotValidForName", .certNameMismatch, .certain, stack),
    .init("certificate not valid for name", .certNameMismatch, .certain, stack),
    .init("InvalidCertificate(Revoked", .certRevoked, .certain, stack),
    .init("peer certificate: Revoked", .certRevoked, .certain, stack),
    .init("UnknownRevocationStatus", .certRevoked, .likely, stack, by: "unknown"),
    .init("InvalidCertificate(ExpiredRevocationList", .certRevoked, .certain, stack, by: "unknown"),
    .init("InvalidCertificate(InvalidPurpose", .certUsage, .certain, stack),
    .init("peer certificate: InvalidPurpose", .certUsage, .certain, stack),
    .init("certificate does not allow extended key usage for", .certUsage, .certain, stack),
    // A self-signed certificate that says it is an authority, as OpenSSL's defaults make it.
    .init("CaUsedAsEndEntity", .certUsage, .certain, stack, by: "ca-as-leaf"),
    .init("UnsupportedSignatureAlgorithm", .certWeak, .likely, stack, by: "unknown-signature"),
    .init("NameConstraintViolation", .certUsage, .certain, stack, by: "name-constraints"),
    .init("PathLenConstraintViolated", .certUsage, .certain, stack, by: "path-length"),
    .init("MaximumPathDepthExceeded", .certUsage, .certain, stack, by: "path-length"),
    .init("EndEntityUsedAsCa", .certUsage, .certain, stack, by: "no-authority"),
    .init("HandshakePayloadTooLarge", .tlsIntolerance, .certain, stack, by: "large-message"),
    .init("InvalidCertificate(BadSignature", .certRejected, .certain, stack, by: "bad-signature"),
    .init("peer certificate: BadSignature", .certRejected, .certain, stack, by: "bad-signature"),

    .init(
      "InvalidContentType", .bySide(client: .appPlaintextServer, server: .appPlaintextClient, .certain), stack),
    .init("InvalidMessage(", .bySide(client: .tlsMalformed, server: .tlsMalformed, .possible), stack),
    .init("received corrupt message", .bySide(client: .tlsMalformed, server: .tlsMalformed, .possible), stack),
    .init("PeerMisbehaved(", .tlsMalformed, .likely, stack), .init("peer misbehaved:", .tlsMalformed, .likely, stack),
    .init("cannot decrypt peer's message", .tlsDecrypt, .certain, stack),
    .init("error: DecryptError", .tlsDecrypt, .certain, stack),
    .init("tls handshake eof", .peerClosed, stack),
    .init("peer closed connection without sending TLS close_notify", .peerClosed, stack),
  ]
}
