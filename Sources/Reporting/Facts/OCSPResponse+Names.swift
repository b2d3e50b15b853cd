import TLSProtocol

extension OCSPResponse.ResponseStatus {
  /// OCSPResponseStatus's name, RFC 6960 §4.2.1.
  var name: String {
    switch self {
    case .successful: "successful"
    case .malformedRequest: "malformedRequest"
    case .internalError: "internalError"
    case .tryLater: "tryLater"
    case .sigRequired: "sigRequired"
    case .unauthorized: "unauthorized"
    case .unknown(let number): "\(number)"
    }
  }
}

extension OCSPResponse.CertificateStatus {
  /// CertStatus's name, RFC 6960 §4.2.1.
  var name: String {
    switch self {
    case .good: "good"
    case .revoked: "revoked"
    case .unknown: "unknown"
    }
  }

  /// Seconds since 1970 UTC.
  var revocationTime: Int64? {
    if case .revoked(let time, _) = self { return time }
    return nil
  }
}
