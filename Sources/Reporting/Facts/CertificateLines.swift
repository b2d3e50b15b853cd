import HandshakeModel
import NetworkValues
import TLSProtocol

/// A certificate's key facts in short lines.
enum CertificateLines {
  /// The leaf, and how many follow it.
  static func chain(_ chain: [Certificate]?) -> [LadderStep.Detail] {
    guard let chain else { return [] }
    guard let leaf = chain.first?.facts else { return ["none"] }
    var lines = [LadderStep.Detail(leaf.subject.isEmpty ? "no subject" : leaf.subject)]
    lines.append(LadderStep.Detail(leaf.isSelfIssued ? "issued by itself" : "issued by \(leaf.issuer)"))
    if let validity = validity(of: leaf) { lines.append(LadderStep.Detail(validity)) }
    if chain.count > 1 { lines.append("chain of \(chain.count)") }
    return lines
  }

  /// `2026-01-01 to 2027-01-01`.
  static func validity(of facts: CertificateFacts) -> String? {
    guard let notBefore = facts.notBefore, let notAfter = facts.notAfter else { return nil }
    return CivilTime(secondsSinceEpoch: notBefore).date + " to " + CivilTime(secondsSinceEpoch: notAfter).date
  }

  /// `RSA 2048`, `EC prime256v1`.
  static func key(of facts: CertificateFacts) -> String {
    [facts.keyAlgorithm, facts.keyCurve ?? facts.keyBits.map { "\($0) bits" }].compactMap { $0 }.joined(separator: " ")
  }
}
