@testable import Diagnosis

/// Mechanisms that lie so close together that a story shows one of them or none.
extension [Mechanism] {
  static let versions: Self = [.tlsVersion, .tlsVersionChosen]
  /// What a server that names no reason may have missed in the offer.
  static let offers: Self = [.tlsVersion, .tlsCipherSuite, .tlsGroup, .tlsSignatureScheme]
  static let strengths: Self = [.tlsCipherSuiteTooWeak, .tlsGroupTooWeak]
  static let afterServerHello: Self = [.tlsALPNAfterServerHello, .tlsSignatureSchemeAfterServerHello]
  static let extensions: Self = [
    .tlsExtension, .tlsExtensionECHRequired, .tlsExtensionTLS13Required, .tlsExtensionNotOffered,
    .tlsExtensionSecureRenegotiation, .tlsExtensionMasterSecret,
  ]
  static let checks: Self = [.tlsDecryptKeyExchange, .tlsDecrypt]
  static let malformed: Self = [.tlsMalformedHeartbeat, .tlsMalformedUnaskedChoice, .tlsMalformed]
}
