import TLSProtocol

extension Alerts {
  /// Alerts about certificates: from a client about the server's, from a server about the client's.
  static let certificate: [AlertKnowledge] = [
    AlertKnowledge(
      .noCertificate, "SSL 3.0: the client has no certificate to send.", client: [.certClientRequired]),
    AlertKnowledge(
      .badCertificate,
      "The certificate is corrupt, its signature wrong, or it fails a check without an alert of its own.",
      server: [.certClientRequired, .certClientRejected],
      client: [.certRejected, .certNameMismatch, .certUntrusted, .certNotYetValid, .certWeak]),
    AlertKnowledge(
      .unsupportedCertificate, "The certificate is of a kind, or for a purpose, that does not fit.",
      server: [.certClientRejected, .certUsage], client: [.certUsage, .certWeak]),
    AlertKnowledge(
      .certificateRevoked, "The certificate was revoked by its authority.",
      server: [.certRevoked, .certClientRejected],
      client: [.certRevoked]),
    AlertKnowledge(
      .certificateExpired, "The certificate has expired, or is not valid at this time.",
      server: [.certClientRejected, .certExpired], client: [.certExpired, .certNotYetValid]),
    AlertKnowledge(
      .certificateUnknown, "The certificate was not accepted, for a reason that is not told.",
      server: [.certClientRejected],
      client: [.certRejected, .certUntrusted, .certIncompleteChain, .certExpired, .certNameMismatch, .certUsage]),
    AlertKnowledge(
      .unknownCA, "The authority that issued the certificate is not known or not trusted, or a certificate is missing.",
      server: [.certClientRejected], client: [.certUntrusted, .certIncompleteChain, .certSelfSigned]),
    AlertKnowledge(
      .accessDenied, "The certificate or name was understood, and policy denies it.",
      server: [.certClientRejected, .tlsSNIUnrecognized, .tlsSNIMissing], client: [.certRejected]),
    AlertKnowledge(
      .certificateUnobtainable, "A certificate could not be fetched from the address that the client gave.",
      server: [.certClientRejected]),
    AlertKnowledge(
      .badCertificateStatusResponse, "The stapled revocation status is invalid, or says revoked.",
      client: [.certRevoked]),
    AlertKnowledge(
      .badCertificateHashValue, "A certificate's hash does not match the one given for it.",
      server: [.certClientRejected]),
    AlertKnowledge(
      .certificateRequired, "The server demands a client certificate, and none came.", server: [.certClientRequired]),
  ]

  /// Alerts about extensions.
  static let extensions: [AlertKnowledge] = [
    AlertKnowledge(
      .missingExtension, "An extension that TLS 1.3 makes mandatory is missing.", server: [.tlsExtension],
      client: [.tlsExtension]),
    AlertKnowledge(
      .unsupportedExtension, "An answer holds an extension that was not asked for, or that does not belong there.",
      server: [.tlsExtension], client: [.tlsExtension]),
    AlertKnowledge(
      .unrecognizedName, "The server does not know the name that the client asks for.", server: [.tlsSNIUnrecognized]),
    AlertKnowledge(
      .noApplicationProtocol, "None of the ALPN protocols that the client offers is supported.", server: [.tlsALPN]),
    AlertKnowledge(
      .echRequired, "The client offered encrypted ClientHello and insists on it; the server did not take it.",
      client: [.tlsExtension]),
  ]
}
