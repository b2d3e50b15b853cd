import HandshakeModel
import TLSProtocol

/// A server asked for a client certificate where that can be read, and then ended the handshake.
struct RefusedClientCertificate {
  /// What the client answered to the request; nil where it did not come to that.
  let sent: Observed<[Certificate]>?
  /// The capture lacks some of what the client sent.
  let lacksClientBytes: Bool
  /// The server's alert, where it can be read.
  let alert: AlertDescription?
  /// The server's last word.
  let ending: Observation

  init?(_ inquiry: Inquiry) {
    guard let frame = Self.refusal(inquiry) else { return nil }
    sent = inquiry.connection?.transcript.clientCertificates
    lacksClientBytes = inquiry.connection?.network.lacksBytes(from: .client) ?? true
    alert = inquiry.ending?.alert
    let how = alert.map { "server alert \($0.name) (\($0.rawValue))" } ?? "the server closes without a readable alert"
    ending = inquiry.observed(.ending, [frame], how)
  }

  /// The frame in which the server ended the handshake; nil where it did not, or where nothing of this can be read.
  private static func refusal(_ inquiry: Inquiry) -> Int? {
    guard let ending = inquiry.ending, ending.ender == .server, ending.phase >= .serverFlight,
      ending.alert != .certificateRequired,
      inquiry.connection?.serverHello != nil, inquiry.connection?.showsClientCertificate == true
    else { return nil }
    return ending.frame
  }
}

extension Story {
  /// That the server asked for a client certificate, and that the client answered with none, as far as they can be read.
  var certificateRequest: [Observation] {
    guard let transcript = connection?.transcript else { return [] }
    var observations: [Observation] = []
    if let request = transcript.certificateRequest {
      observations.append(
        observed(.certificateRequest, [request.frame], "the server sends a CertificateRequest"))
    }
    if let certificates = transcript.clientCertificates, certificates.value.isEmpty {
      observations.append(
        observed(
          .clientCertificate, [certificates.frame], "the client answers with an empty Certificate message"))
    }
    return observations
  }

  /// The authorities whose certificates the server accepts, where it names them.
  var acceptedAuthorities: [Observation] {
    guard let request = connection?.transcript.certificateRequest, !request.value.authorities.isEmpty else { return [] }
    let names = request.value.authorities.prefix(4).map { DistinguishedNames.text(der: $0) }
    return [
      observed(
        .certificateRequest, [request.frame], "the server accepts certificates issued by \(Escaped.list(names))")
    ]
  }
}
