@testable import Diagnosis

/// Mechanisms that are asked together of one story.
extension [Mechanism] {
  /// The server's certificate is there to be read, and the client turned it down.
  static let serverCertificate: [Mechanism] = [
    .certExpired, .certExpiredClock, .certNotYetValid, .certNotYetValidClock, .certNotYetValidJustIssued,
    .certNameMismatch, .certNameMismatchCommonName, .certIncompleteChain, .certSelfSigned, .certUntrusted,
    .certUntrustedSignature, .certWeak, .certUsage, .certUsageKeyUsage, .certUsageNoAuthority,
    .certUsageNameConstraints, .certUsagePathLength, .certRevoked, .certRevokedStaple, .certRevokedStatus,
    .certRevokedNoStaple,
  ]

  /// The client turned down a certificate that TLS 1.3 hides.
  static let hiddenCertificate: [Mechanism] = [
    .tlsSNIMissingHiddenCertificate, .certExpiredHidden, .certUntrustedHidden, .certUsageHidden, .certRevoked,
    .certRevokedStatus, .certRejected,
  ]

  /// The server turned down what the client answered to its request for a certificate.
  static let clientCertificate: [Mechanism] = [
    .tlsDecryptClientFinished, .certClientRequired, .certClientRequiredEmpty, .certClientRequiredNotSent,
    .certClientRequiredHidden, .certClientRequiredAfterFinished, .certClientRequiredGivenUp, .certClientRejected,
    .certClientRejectedHidden,
  ]
}
