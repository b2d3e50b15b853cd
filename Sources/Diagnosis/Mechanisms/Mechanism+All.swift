extension Mechanism {
  /// Every mechanism, bottom-up. The order decides between claims of equal strength.
  static let all: [Mechanism] = [
    .dnsNoAnswer,
    .tcpRefused,
    .tcpTimeout,
    .tcpUnreachable,
    .tcpAddressFamily,
    .tcpClosedOnAccept,
    .tcpPathMTU,
    .tcpResetInjected,
    .tcpServerSilent,

    .appPlaintextServer,
    .appPlaintextClient,
    .appStartTLS,
    .appProxyProtocol,

    .tlsVersion,
    .tlsCipherSuite,
    .tlsGroup,
    .tlsSignatureScheme,
    .tlsSNIMissing,
    .tlsSNIUnrecognized,
    .tlsALPN,
    .tlsExtension,
    .tlsFallback,
    .tlsIntolerance,
    .tlsResumption,
    .tlsDecrypt,
    .tlsMalformed,

    .certExpired,
    .certNotYetValid,
    .certNameMismatch,
    .certIncompleteChain,
    .certSelfSigned,
    .certUntrusted,
    .certWeak,
    .certUsage,
    .certRevoked,
    .certWrongCertificate,
    .certRejected,
    .certClientRequired,
    .certClientRejected,

    .tlsUnknown,

    .handshakeCompleted,
    .captureIncomplete,
  ]

  /// What may be wrong although the handshake completed: asked of those alone.
  static let doubts: [Mechanism] = []
}
