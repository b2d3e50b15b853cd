import Synchronization

/// Remembers which certificates' signatures were checked with which others' keys. Servers show the same few certificates
/// again and again, and a check costs more than all else that is read of a handshake.
enum SignatureCache {
  /// Both certificates, by their SHA-256.
  private struct Pair: Hashable {
    let subject: [UInt8]
    let issuer: [UInt8]
  }

  private static let known = Mutex<[Pair: SignatureCheck]>([:])
  /// Beyond this many pairs the memory starts anew: it saves work, nothing depends on it.
  private static let limit = 1024

  /// What `check` says, or said of the same two certificates before.
  static func check(
    _ subject: CertificateFacts, with issuer: CertificateFacts, _ check: () -> SignatureCheck
  ) -> SignatureCheck {
    guard !subject.sha256.isEmpty, !issuer.sha256.isEmpty else { return check() }
    let pair = Pair(subject: subject.sha256, issuer: issuer.sha256)
    if let result = known.withLock({ $0[pair] }) { return result }
    let result = check()
    known.withLock { known in
      if known.count >= limit { known.removeAll(keepingCapacity: true) }
      known[pair] = result
    }
    return result
  }
}
