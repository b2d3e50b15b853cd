import HandshakeModel
import TLSProtocol

/// When and how the client turned down what the server had sent, before the handshake was complete.
struct Refusal {
  /// The alert, where it can be read.
  let alert: AlertDescription?
  let isEncrypted: Bool
  /// The client may have said why, in what the capture lost.
  let mayHaveLostWords: Bool
  let frame: Int
  /// The client's last word.
  let ending: Observation

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
    self.ending = inquiry.observed(.ending, [frame], Self.text(ending, connection))
  }

  private static func text(_ ending: Ending, _ connection: Connection) -> String {
    if let alert = ending.alert {
      return "client alert \(alert.name) (\(alert.rawValue)) in answer to the server's flight"
    }
    if connection.quic != nil {
      return
        "the client answers the server's flight with Handshake packets only, sends no data, and both sides fall silent"
    }
    if ending.isEncryptedAlert {
      return
        "the client answers the server's flight with one encrypted record of an alert's size, no Finished, and closes"
    }
    return "the client closes after the server's flight, without a Finished and without an alert"
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
