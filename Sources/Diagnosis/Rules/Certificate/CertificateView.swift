import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

/// The server's certificates as far as they show, with what a client may object to.
struct CertificateView {
  let frame: Int
  /// Seconds since 1970 at which the client saw them.
  let time: Int64
  let certificates: [CertificateFacts]
  let chain: CertificateChain

  init?(_ connection: Connection) {
    guard let observed = connection.transcript.serverCertificates, !observed.value.isEmpty else { return nil }
    frame = observed.frame
    time = observed.time.nanoseconds / 1_000_000_000
    certificates = observed.value.prefix(16).map(\.facts)
    chain = CertificateChain(certificates, at: time)
  }

  var leaf: CertificateFacts? { certificates.first }

  /// Why the issuer that was not sent is an intermediate rather than a root: what issuance and naming customs show.
  var missingIssuerLooksIntermediate: Bool? {
    guard case .issuerNotSent(let name) = chain.ending, let last = chain.top else { return nil }
    let lower = name.lowercased()
    if ["root"].contains(where: lower.contains) { return false }
    // A certificate that says where to fetch its issuer's is one below an intermediate: roots are not fetched.
    if !last.caIssuers.isEmpty, chain.path.count == 1 { return true }
    if ["intermediate", "issuing", "subordinate", "sub ca", "sub-ca", "subca"].contains(where: lower.contains) {
      return true
    }
    return nil
  }
}

/// When and how the client turned down what the server had sent.
struct Refusal {
  /// The alert, where it can be read.
  let alert: AlertDescription?
  let isEncrypted: Bool
  /// The client may have said why, in what the capture lost.
  var mayHaveLostWords = false
  let frame: Int
  let evidence: Evidence

  /// A refusal of which nothing is known but the frame in which the client left.
  init(leaving frame: Int, evidence: Evidence) {
    (alert, isEncrypted, self.frame, self.evidence) = (nil, false, frame, evidence)
  }

  /// Nil unless the client ended the handshake between the server's flight and its own Finished.
  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, let ending = inquiry.ending, ending.ender == .client,
      let frame = ending.frame,
      ending.phase == .serverFlight || ending.phase == .serverHello
        || ending.phase == .clientFlight && ending.alert != nil,
      connection.serverHello != nil
    else { return nil }
    if let alert = ending.alert, !alert.mayConcernCertificate { return nil }
    // Who sends heartbeats in the midst of a handshake is not about to finish it.
    if ending.alert == nil, connection.heartbeatInHandshake != nil { return nil }
    if ending.phase == .serverHello, ending.alert == nil { return nil }
    // A flight that the server had to repeat and that was never acknowledged has not been looked at.
    if ending.isSilentClose, connection.serverRepeatsInVain { return nil }
    alert = ending.alert
    isEncrypted = ending.isEncryptedAlert
    mayHaveLostWords = ending.isSilentClose && connection.network.lacksBytes(from: .client)
    self.frame = frame
    let text: String
    if let alert = ending.alert {
      text = "client alert \(alert.name) (\(alert.rawValue)) in answer to the server's flight"
    } else if connection.quic != nil {
      text =
        "the client answers the server's flight with Handshake packets only, sends no data, and both sides fall silent"
    } else if ending.isEncryptedAlert {
      text =
        "the client answers the server's flight with one encrypted record of an alert's size, no Finished, and closes"
    } else {
      text = "the client closes after the server's flight, without a Finished and without an alert"
    }
    evidence = inquiry.evidence([frame], text)
  }
}

extension AlertDescription {
  /// The alerts by which clients turn a certificate down; some stacks say handshake_failure or internal_error for all.
  var mayConcernCertificate: Bool {
    [
      .badCertificate, .unsupportedCertificate, .certificateRevoked, .certificateExpired, .certificateUnknown,
      .unknownCA,
      .accessDenied, .badCertificateStatusResponse, .badCertificateHashValue, .certificateUnobtainable, .decryptError,
      .internalError, .handshakeFailure, .noCertificate, .illegalParameter,
    ].contains(self)
  }

  /// The alerts that concern a certificate and nothing else.
  var concernsCertificate: Bool {
    [
      .badCertificate, .unsupportedCertificate, .certificateRevoked, .certificateExpired, .certificateUnknown,
      .unknownCA,
      .badCertificateStatusResponse,
    ].contains(self)
  }
}
