extension Mechanism {
  /// A mechanism that packets do not show: only a log names it (``LogPattern``), and then its advice is the right one.
  static func logged(
    _ id: MechanismID, _ about: CauseDescription, stage: Stage?, advice: Advice
  ) -> Mechanism {
    Mechanism(id, about, stage: stage, event: { _ in nil }, advice: advice)
  }

  /// Those that only logs name.
  static let allLogged: [Mechanism] = [
    .clientSetup, .tlsVersionNothingEnabled, .certUntrustedTrustStore, .certRejectedBadSignature, .certRevokedUnknown,
    .certClientRejectedUsage,
    .certClientRejectedExpired, .certClientRejectedUntrusted, .tlsResumptionContext, .tlsIntoleranceLargeMessage,
  ]
}
