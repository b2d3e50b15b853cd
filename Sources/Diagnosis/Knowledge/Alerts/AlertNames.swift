public import TLSProtocol

/// Alerts by name, as programs and people spell them.
public enum AlertNames {
  /// The alert of a name in any spelling: case, spaces, underscores and hyphens do not matter, and the prefixes of
  /// OpenSSL's texts (`sslv3 alert`, `tlsv1 alert`) and of Go's are known.
  public static func alert(named text: some StringProtocol) -> AlertDescription? {
    let key = folded(text)
    guard !key.isEmpty else { return nil }
    return byName[key]
  }

  /// `48`, `0x30`; nil where the text is no number of an alert.
  static func number(_ text: String) -> UInt8? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt8(text.dropFirst(2), radix: 16) }
    return UInt8(text)
  }

  /// Letters and digits in lower case, at most 48 of them.
  static func folded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8.prefix(96) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      default: continue
      }
    }
    return String(decoding: bytes.prefix(48), as: UTF8.self)
  }

  private static let byName: [String: AlertDescription] = {
    var names: [String: AlertDescription] = [:]
    for alert in Alerts.all { names[folded(alert.description.name)] = alert.description }
    for (name, alert) in spellings { names[folded(name)] = alert }
    return names
  }()

  /// What stacks call alerts where they do not use the registry's name.
  private static let spellings: [(String, AlertDescription)] = [
    // Go, crypto/tls/alert.go
    ("unknown certificate", .certificateUnknown), ("unknown certificate authority", .unknownCA),
    ("expired certificate", .certificateExpired), ("revoked certificate", .certificateRevoked),
    ("error decoding message", .decodeError), ("error decrypting message", .decryptError),
    ("protocol version not supported", .protocolVersion), ("insufficient security level", .insufficientSecurity),
    ("bad record MAC", .badRecordMAC), ("decryption failed", .decryptionFailed), ("record overflow", .recordOverflow),
    ("inappropriate fallback", .inappropriateFallback), ("user canceled", .userCanceled),
    ("unrecognized name", .unrecognizedName), ("unknown PSK identity", .unknownPSKIdentity),
    ("certificate required", .certificateRequired), ("no application protocol", .noApplicationProtocol),
    ("encrypted client hello required", .echRequired), ("handshake failure", .handshakeFailure),
    ("bad certificate status response", .badCertificateStatusResponse),
    // OpenSSL, SSL_alert_desc_string_long
    ("unknown CA", .unknownCA), ("bad certificate status response", .badCertificateStatusResponse),
    ("certificate unknown", .certificateUnknown), ("no renegotiation", .noRenegotiation),
    ("illegal parameter", .illegalParameter), ("decrypt error", .decryptError),
    ("decryption failed or bad record mac", .badRecordMAC),
    // rustls, enum AlertDescription
    ("UnknownCA", .unknownCA), ("UnrecognisedName", .unrecognizedName), ("BadRecordMac", .badRecordMAC),
    ("EncryptedClientHelloRequired", .echRequired), ("UserCanceled", .userCanceled),
    // GnuTLS, gnutls_alert_get_name
    ("CA is unknown", .unknownCA), ("Certificate is bad", .badCertificate),
    ("Certificate was revoked", .certificateRevoked), ("Certificate is expired", .certificateExpired),
    ("Certificate was not supported", .unsupportedCertificate), ("Unknown certificate", .certificateUnknown),
    ("Handshake failed", .handshakeFailure), ("Error in protocol version", .protocolVersion),
    ("Access was denied", .accessDenied), ("Decode error", .decodeError), ("Decrypt error", .decryptError),
    ("The server name sent was not recognized", .unrecognizedName),
    ("No supported application protocol could be negotiated", .noApplicationProtocol),
    ("Certificate is required", .certificateRequired), ("Insufficient security", .insufficientSecurity),
    ("Inappropriate fallback", .inappropriateFallback), ("Internal error", .internalError),
    ("The SRP/PSK username is missing or not known", .unknownPSKIdentity),
    ("An extension was expected but was not seen", .missingExtension),
    ("An unsupported extension was sent", .unsupportedExtension), ("Unexpected message", .unexpectedMessage),
    ("Illegal parameter", .illegalParameter), ("Close notify", .closeNotify),
    ("Could not retrieve the specified certificate", .certificateUnobtainable),
    // BoringSSL and others
    ("unsupported protocol", .protocolVersion), ("bad record mac", .badRecordMAC),
  ]
}

extension String {
  /// Without spaces and control bytes at either end.
  func trimmingSpaces() -> String {
    var view = self[...]
    while let first = view.unicodeScalars.first, first.value <= 0x20 { view = view.dropFirst() }
    while let last = view.unicodeScalars.last, last.value <= 0x20 { view = view.dropLast() }
    return String(view)
  }
}
