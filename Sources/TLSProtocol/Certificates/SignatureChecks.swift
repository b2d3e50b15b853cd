/// What checking a certificate's signature may cost: a capture full of different certificates gets no more time than it is
/// worth.
public enum SignatureAllowance: Hashable, Sendable {
  /// It is not checked.
  case none
  /// It is checked with keys that take less than a millisecond.
  case cheap
  case any
}

extension CertificateFacts {
  /// With this key a check takes a millisecond or two: P-521, and RSA beyond 4096 bits.
  var hasExpensiveKey: Bool { keyCurve == "secp521r1" || keyAlgorithm.hasPrefix("RSA") && (keyBits ?? 0) > 4096 }

  /// Whether the signature may be checked with the key of `issuer`.
  func mayBeChecked(with issuer: CertificateFacts) -> Bool {
    switch signatureAllowance {
    case .none: false
    case .cheap: !issuer.hasExpensiveKey
    case .any: true
    }
  }
}

/// The signatures among the certificates of one chain, each checked once. A chain that hangs together needs a check for each
/// certificate; one that is made of many with the same name asks for one for each pair of them.
struct SignatureChecks {
  private struct Pair: Hashable {
    let subject: Int
    let issuer: Int
  }

  private let certificates: [CertificateFacts]
  private var known: [Pair: SignatureCheck] = [:]
  /// Checks beyond those that a sound chain needs.
  private static let spare = 4

  init(_ certificates: [CertificateFacts]) { self.certificates = certificates }

  /// How many were made.
  var count: Int { known.count }

  /// Whether the key of the certificate at `issuer` made the signature of the one at `subject`; unsupported once too many
  /// were asked for.
  mutating func check(_ subject: Int, issuer: Int) -> SignatureCheck {
    let pair = Pair(subject: subject, issuer: issuer)
    if let result = known[pair] { return result }
    guard known.count < certificates.count + Self.spare else { return .unsupported }
    let result = certificates[subject].checkSignature(issuer: certificates[issuer])
    known[pair] = result
    return result
  }
}
