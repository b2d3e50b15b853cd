import TLSProtocol

extension Alerts {
  /// Alerts that end a connection in order, or concern records.
  static let closing: [AlertKnowledge] = [
    AlertKnowledge(
      .closeNotify, "The sender will send nothing more; an orderly end, no failure.",
      notes: [
        .init(.jsse, "Sent together with user_canceled where the application gives up during the handshake.")
      ]),
    AlertKnowledge(
      .endOfEarlyData, "Ended early data in drafts of TLS 1.3; not used since.", server: [.tlsMalformed],
      client: [.tlsMalformed]),
    AlertKnowledge(
      .unexpectedMessage, "A message, or a record, came where it must not: often bytes that are no TLS at all.",
      server: [.appPlaintextClient, .tlsMalformed], client: [.appPlaintextServer, .tlsMalformed],
      notes: [
        .init(.jsse, "Sent on a plaintext answer (\"Unsupported or unrecognized SSL message\")."),
        .init(.go, "Sent on a first record that does not look like TLS."),
      ]),
    AlertKnowledge(
      .badRecordMAC, "A record did not decrypt or its authentication failed.", server: [.tlsDecrypt],
      client: [.tlsDecrypt], notes: [.init(.rustls, "Its error is DecryptError.")]),
    AlertKnowledge(
      .decryptionFailed, "A record did not decrypt; TLS 1.1 and later say bad_record_mac.", server: [.tlsDecrypt],
      client: [.tlsDecrypt]),
    AlertKnowledge(
      .recordOverflow, "A record is longer than allowed: often bytes that are no TLS at all.",
      server: [.tlsMalformed, .appPlaintextClient], client: [.appPlaintextServer, .tlsMalformed]),
    AlertKnowledge(
      .decompressionFailure, "Compressed data could not be unpacked; modern TLS does not compress.",
      server: [.tlsMalformed], client: [.tlsMalformed]),
    AlertKnowledge(
      .userCanceled, "The application gave up; no protocol failure.",
      notes: [.init(.jsse, "A warning before close_notify where a connection is closed during the handshake.")]),
    AlertKnowledge(
      .internalError, "Something failed inside the sender that has nothing to do with the peer.",
      server: [.tlsUnknown, .tlsSNIUnrecognized], client: [.tlsUnknown],
      notes: [
        .init(.go, "Sent where GetCertificate or GetConfigForClient returns an error, as for an unknown name."),
        .init(.openSSL, "Sent where a callback of the program fails."),
        .init(.jsse, "Sent for exceptions that are no TLS errors."),
      ]),
    AlertKnowledge(
      .generalError, "A failure for which no other alert fits.", server: [.tlsUnknown], client: [.tlsUnknown]),
  ]

  /// Alerts about what is negotiated.
  static let handshake: [AlertKnowledge] = [
    AlertKnowledge(
      .handshakeFailure,
      "The sender could not agree on acceptable parameters: suite, group, signature scheme, or a certificate it demands.",
      server: [.tlsCipherSuite, .tlsGroup, .tlsSignatureScheme, .certClientRequired, .tlsVersion, .tlsUnknown],
      client: [.tlsUnknown],
      notes: [
        .init(.jsse, "From a client after the server's close it is only a consequence: Java sends it itself."),
        .init(.openSSL, "A TLS 1.2 server says it where the client certificate is missing."),
        .init(.rustls, "NoCipherSuitesInCommon, NoKxGroupsInCommon and NoSignatureSchemesInCommon all become this."),
        .init(.go, "Sent by servers without a suite, curve or certificate that fits."),
      ]),
    AlertKnowledge(
      .exportRestriction, "A negotiation broke the export rules of old; not used since TLS 1.1.",
      server: [.tlsCipherSuite], client: [.tlsCipherSuite]),
    AlertKnowledge(
      .protocolVersion, "The peer's version is recognised but not supported.", server: [.tlsVersion],
      client: [.tlsVersion],
      notes: [
        .init(.rustls, "The server needs TLS 1.3 or 1.2 and the client offers neither that it enables."),
        .init(.openSSL, "The client's versions lie outside MinProtocol and MaxProtocol."),
      ]),
    AlertKnowledge(
      .insufficientSecurity, "The server demands stronger parameters than the client offers.",
      server: [.tlsCipherSuite, .tlsExtension, .tlsGroup], client: [.certWeak, .tlsCipherSuite],
      notes: [.init(.tlslite, "Also sent where the extended master secret is demanded and missing.")]),
    AlertKnowledge(
      .inappropriateFallback,
      "The client marked its hello as a retry with a lower version, and the server knows a higher.",
      server: [.tlsFallback]),
    AlertKnowledge(
      .noRenegotiation, "The sender refuses to negotiate again on a running connection.", server: [.tlsExtension],
      client: [.tlsExtension]),
    AlertKnowledge(
      .illegalParameter, "A field is out of range or contradicts another.", server: [.tlsMalformed, .tlsResumption],
      client: [.tlsMalformed],
      notes: [.init(.openSSL, "A server says it where a pre-shared key's binder does not verify.")]),
    AlertKnowledge(
      .decodeError, "A message could not be parsed: a length or field is wrong.",
      server: [.tlsMalformed, .appPlaintextClient], client: [.tlsMalformed, .appPlaintextServer],
      notes: [.init(.rustls, "Also its answer to plaintext such as an HTTP request (InvalidMessage).")]),
    AlertKnowledge(
      .decryptError, "A signature, a Finished message or a binder did not verify.",
      server: [.tlsDecrypt, .tlsResumption],
      client: [.tlsDecrypt, .certWeak],
      notes: [.init(.rustls, "A client also says it for certificates whose signature is bad or of an unknown kind.")]),
    AlertKnowledge(
      .unknownPSKIdentity, "The pre-shared key that the client names is not known.", server: [.tlsResumption]),
    AlertKnowledge(
      .tooManyCIDsRequested, "The peer asked for more DTLS connection identifiers than are granted.",
      server: [.tlsMalformed], client: [.tlsMalformed]),
  ]
}
