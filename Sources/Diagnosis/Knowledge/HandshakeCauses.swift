extension CauseCode {
  /// The causes in what the two sides negotiate.
  var handshakeDescription: CauseDescription {
    switch self {
    case .tlsVersion:
      CauseDescription(
        "No protocol version in common",
        "The TLS versions that the client offers and those that the server accepts do not overlap.",
        evidence: "the versions offered, then alert protocol_version (70), handshake_failure (40) or a close")
    case .tlsCipherSuite:
      CauseDescription(
        "No cipher suite in common",
        "Client and server share no cipher suite that fits the version and the server's certificate.",
        evidence: "the suites offered, then alert handshake_failure (40), insufficient_security (71) or a close")
    case .tlsGroup:
      CauseDescription(
        "No key-exchange group in common",
        "The elliptic curves or other groups that the client supports and those of the server do not overlap.",
        evidence: "supported_groups and key_share, perhaps a HelloRetryRequest, then alert handshake_failure (40)")
    case .tlsSignatureScheme:
      CauseDescription(
        "No signature scheme fits the server's key",
        "The server's certificate has a key with which it cannot sign in any way that the client accepts.",
        evidence: "signature_algorithms without a scheme for the server's key, then alert handshake_failure (40)")
    case .tlsSNIMissing:
      CauseDescription(
        "Client does not name the server",
        "The ClientHello carries no server name, and the server needs one to choose a site or a certificate.",
        evidence: "no server_name extension; an alert, a close or the wrong certificate follows")
    case .tlsSNIUnrecognized:
      CauseDescription(
        "Server does not know the name",
        "The client named a server that this server does not serve.",
        evidence: "server_name, then alert unrecognized_name (112) or access_denied (49)")
    case .tlsALPN:
      CauseDescription(
        "No application protocol in common",
        "The protocols that the client offers by ALPN (h2, http/1.1, …) and those that the server speaks do not "
          + "overlap.",
        evidence: "alert no_application_protocol (120), or a server that closes after ALPN values it does not share")
    case .tlsExtension:
      CauseDescription(
        "Extension required or refused",
        "One side insists on an extension that the other does not send, such as the extended master secret or secure "
          + "renegotiation, or refuses one that it does send.",
        evidence: "alert missing_extension (109), unsupported_extension (110), insufficient_security (71) or "
          + "handshake_failure (40), and an extension that only the working hello carries")
    case .tlsFallback:
      CauseDescription(
        "Version fallback refused",
        "The client retried with a lower version and said so (TLS_FALLBACK_SCSV); the server supports a higher one and "
          + "refuses the downgrade.",
        evidence: "the suite 0x5600 in the hello, alert inappropriate_fallback (86)")
    case .tlsIntolerance:
      CauseDescription(
        "Peer or middlebox cannot take the hello",
        "The ClientHello is valid, but the server or a box before it fails on its size, its fragmentation, GREASE "
          + "values or an extension that it does not know.",
        evidence: "close, reset or alert after a large or unusual hello, where a smaller or plainer one passes")
    case .tlsResumption:
      CauseDescription(
        "Resumption breaks the handshake",
        "A session ticket, pre-shared key or early data that the client sent is not accepted, and the handshake fails "
          + "instead of becoming a full one.",
        evidence: "pre_shared_key or a ticket in the failing hello, none in the working one; alert illegal_parameter "
          + "(47), decrypt_error (51), unknown_psk_identity (115) or a close")
    case .tlsDecrypt:
      CauseDescription(
        "Cryptographic check failed",
        "A Finished message, a signature or a record did not verify: the bytes were changed on the way, or one side "
          + "computes differently.",
        evidence: "alert decrypt_error (51) or bad_record_mac (20)")
    case .tlsMalformed:
      CauseDescription(
        "A peer breaks the protocol",
        "One side sent bytes that do not form a valid TLS message at that place.",
        evidence: "alert decode_error (50), illegal_parameter (47) or unexpected_message (10), or bytes that do not "
          + "parse")
    default:
      CauseDescription(
        "Failed for a reason that is not visible",
        "The handshake failed, and nothing in the packets or logs at hand names a reason.",
        evidence: "an alert or close that fits several causes")
    }
  }
}
