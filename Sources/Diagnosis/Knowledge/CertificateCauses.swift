extension CauseCode {
  /// The causes in certificates, the server's and the client's.
  var certificateDescription: CauseDescription {
    switch self {
    case .certExpired:
      CauseDescription(
        "Certificate expired",
        "A certificate of the server's chain was past its end of validity when the client checked it.",
        evidence: "notAfter lies before the capture's time; alert certificate_expired (45) or certificate_unknown (46)")
    case .certNotYetValid:
      CauseDescription(
        "Certificate not yet valid",
        "A certificate's validity begins later than the client's clock: it was issued for the future, or the clock is "
          + "slow.",
        evidence: "notBefore lies after the capture's time; alert bad_certificate (42), certificate_expired (45) or "
          + "certificate_unknown (46)")
    case .certNameMismatch:
      CauseDescription(
        "Certificate is for another name",
        "None of the names in the server's certificate matches the name or address that the client asked for.",
        evidence: "server_name or the address against the certificate's subjectAltName; alert bad_certificate (42) or "
          + "certificate_unknown (46)")
    case .certIncompleteChain:
      CauseDescription(
        "Intermediate certificate missing",
        "The server does not send the certificates between its own and the root, and the client cannot find them by "
          + "itself.",
        evidence: "the last certificate sent was issued by one that is neither sent nor a root")
    case .certSelfSigned:
      CauseDescription(
        "Self-signed certificate",
        "The server's certificate is its own issuer, and the client has not been told to trust it.",
        evidence: "issuer equals subject in the leaf; alert unknown_ca (48), bad_certificate (42) or "
          + "certificate_unknown (46)")
    case .certUntrusted:
      CauseDescription(
        "Certificate authority not trusted",
        "The chain is complete, but the authority at its end is not in the client's trust store.",
        evidence: "a whole chain answered with alert unknown_ca (48), bad_certificate (42) or certificate_unknown (46)")
    case .certWeak:
      CauseDescription(
        "Key or signature too weak",
        "The client's policy refuses the certificate's key size, curve or signature algorithm.",
        evidence: "a short RSA key, SHA-1 or MD5 in the chain; alert bad_certificate (42) or insufficient_security (71)"
      )
    case .certUsage:
      CauseDescription(
        "Certificate not meant for this use",
        "The certificate's key usage, extended key usage or basic constraints do not allow it to do what it is used "
          + "for here, or an authority's name constraints exclude its name.",
        evidence:
          "extendedKeyUsage without serverAuth (or clientAuth); a name outside of nameConstraints; alert unsupported_certificate (43) or "
          + "certificate_unknown (46)")
    case .certRevoked:
      CauseDescription(
        "Certificate revoked",
        "A revocation list or OCSP response says that the certificate was withdrawn, or the status could not be "
          + "verified as the client demands.",
        evidence:
          "alert certificate_revoked (44) or bad_certificate_status_response (113); a stapled response that says "
          + "revoked")
    case .certWrongCertificate:
      CauseDescription(
        "Clients were served different certificates",
        "The server showed the failing client another certificate than the working one.",
        evidence: "two captures with different leaf certificates from the same endpoint")
    case .certRejected:
      CauseDescription(
        "Client rejected the server's certificate",
        "The client ended the handshake on receiving the server's certificate. In TLS 1.3 its reason is encrypted, so "
          + "that packets alone do not say what it disliked.",
        evidence: "the client closes or sends an alert-sized record right after the server's encrypted flight")
    case .certClientRequired:
      CauseDescription(
        "Client certificate required",
        "The server asks for a certificate from the client, and the client sends none.",
        evidence: "a CertificateRequest answered by an empty Certificate; then alert certificate_required (116), "
          + "handshake_failure (40), bad_certificate (42) or a close")
    case .certClientRejected:
      CauseDescription(
        "Client certificate refused",
        "The client sent a certificate, and the server did not accept it.",
        evidence: "an alert or close from the server after the client's Certificate")
    default: handshakeDescription
    }
  }
}
