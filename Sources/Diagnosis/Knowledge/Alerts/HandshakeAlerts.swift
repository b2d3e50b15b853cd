import TLSProtocol

extension Alerts {
  /// Alerts that end a connection in order, or concern records.
  static let closing: [AlertKnowledge] = [
    AlertKnowledge(
      .closeNotify, "The sender will send nothing more; an orderly end, no failure."),
    AlertKnowledge(
      .endOfEarlyData, "Ended early data in drafts of TLS 1.3; not used since.", server: [.tlsMalformed],
      client: [.tlsMalformed]),
    AlertKnowledge(
      .unexpectedMessage, "A message, or a record, came where it must not: often bytes that are no TLS at all.",
      server: [.appPlaintextClient, .tlsMalformed], client: [.appPlaintextServer, .tlsMalformed]),
    AlertKnowledge(
      .badRecordMAC, "A record did not decrypt or its authentication failed.", server: [.tlsDecrypt],
      client: [.tlsDecrypt]),
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
      .userCanceled, "The application gave up; no protocol failure."),
    AlertKnowledge(
      .internalError, "Something failed inside the sender that has nothing to do with the peer.",
      server: [.tlsUnknown, .tlsSNIUnrecognized], client: [.tlsUnknown]),
    AlertKnowledge(
      .generalError, "A failure for which no other alert fits.", server: [.tlsUnknown], client: [.tlsUnknown]),
  ]

  /// Alerts about what is negotiated.
  static let handshake: [AlertKnowledge] = [
    AlertKnowledge(
      .handshakeFailure,
      "The sender could not agree on acceptable parameters: suite, group, signature scheme, or a certificate it demands.",
      server: [.tlsCipherSuite, .tlsGroup, .tlsSignatureScheme, .certClientRequired, .tlsVersion, .tlsUnknown],
      client: [.tlsUnknown]),
    AlertKnowledge(
      .exportRestriction, "A negotiation broke the export rules of old; not used since TLS 1.1.",
      server: [.tlsCipherSuite], client: [.tlsCipherSuite]),
    AlertKnowledge(
      .protocolVersion, "The peer's version is recognised but not supported.", server: [.tlsVersion],
      client: [.tlsVersion]),
    AlertKnowledge(
      .insufficientSecurity, "The server demands stronger parameters than the client offers.",
      server: [.tlsCipherSuite, .tlsExtension, .tlsGroup], client: [.certWeak, .tlsCipherSuite]),
    AlertKnowledge(
      .inappropriateFallback,
      "The client marked its hello as a retry with a lower version, and the server knows a higher.",
      server: [.tlsFallback]),
    AlertKnowledge(
      .noRenegotiation, "The sender refuses to negotiate again on a running connection.", server: [.tlsExtension],
      client: [.tlsExtension]),
    AlertKnowledge(
      .illegalParameter, "A field is out of range or contradicts another.", server: [.tlsMalformed, .tlsResumption],
      client: [.tlsMalformed]),
    AlertKnowledge(
      .decodeError, "A message could not be parsed: a length or field is wrong.",
      server: [.tlsMalformed, .appPlaintextClient], client: [.tlsMalformed, .appPlaintextServer]),
    AlertKnowledge(
      .decryptError, "A signature, a Finished message or a binder did not verify.",
      server: [.tlsDecrypt, .tlsResumption],
      client: [.tlsDecrypt, .certWeak]),
    AlertKnowledge(
      .unknownPSKIdentity, "The pre-shared key that the client names is not known.", server: [.tlsResumption]),
    AlertKnowledge(
      .tooManyCIDsRequested, "The peer asked for more DTLS connection identifiers than are granted.",
      server: [.tlsMalformed], client: [.tlsMalformed]),
  ]
}
