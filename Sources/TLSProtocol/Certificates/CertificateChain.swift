/// How the certificates of one Certificate message hang together: what a client finds when it walks from the leaf to a
/// root with nothing but them (RFC 5280 §6.1, without trust anchors).
public struct CertificateChain: Hashable, Sendable {
  /// One step of the path: a certificate and the one that claims to have issued it.
  public struct Link: Hashable, Sendable {
    /// Indices into `certificates`.
    public var subject: Int
    /// The place of the issuer's certificate.
    public var issuer: Int
    /// Authority and subject key identifier are equal; nil where either is absent.
    public var keyIdentifiersAgree: Bool?
    /// The issuer's key verifies the subject's signature.
    public var signature: SignatureCheck
  }

  /// Where the path from the leaf ends.
  public enum Ending: Hashable, Sendable {
    /// The message held no certificate.
    case empty
    /// At a self-signed certificate: a root that the server sent along, or a self-signed leaf.
    case selfSigned
    /// At a certificate whose issuer, named here, was not sent. That is right if a client holds that issuer as a root,
    /// and an incomplete chain if not.
    case issuerNotSent(String)
    /// At a certificate whose issuer stands on the path already, or after more steps than clients follow.
    case endless
  }

  /// What clients object to on the path. Indices point into `certificates`.
  public enum Problem: Hashable, Sendable {
    /// It issued another certificate, but is no certification authority (RFC 5280 §4.2.1.9).
    case issuerIsNoAuthority(Int)
    /// It issued another certificate, but its key usage lacks keyCertSign (§4.2.1.3).
    case certificateSigningNotAllowed(Int)
    /// More intermediates follow than its pathLenConstraint allows.
    case pathTooLong(Int, limit: Int, intermediates: Int)
    /// The authority at `by` may not issue for this name of `subject` (§4.2.1.10).
    case nameNotPermitted(subject: Int, by: Int, name: String)
    case expired(Int)
    case notYetValid(Int)
    /// The signature of `subject` does not verify with the issuer's key although the names fit.
    case signatureFailed(subject: Int)
    /// Names fit, key identifiers do not: an issuer of the same name with another key.
    case keyIdentifiersDiffer(subject: Int)
    /// A self-issued certificate whose own signature is wrong.
    case selfSignatureFailed(Int)
  }

  /// As sent; the first is the server's own.
  public var certificates: [CertificateFacts]
  /// Indices from the leaf upward.
  public private(set) var path: [Int] = []
  /// From the leaf upwards: who signed whom.
  public private(set) var links: [Link] = []
  /// How the chain ends at its top.
  public private(set) var ending = Ending.empty
  /// Certificates that the path does not use, duplicates included.
  public private(set) var unused: [Int] = []
  /// Certificates that repeat an earlier one.
  public private(set) var duplicates: [Int] = []
  /// What is wrong with it.
  public private(set) var problems: [Problem] = []

  /// OpenSSL follows up to 100 steps, others far fewer; no honest path has ten.
  private static let longestPath = 16

  /// Analyses a chain; with a time (seconds since 1970 UTC), validity periods too.
  public init(_ certificates: [CertificateFacts], at time: Int64? = nil) {
    self.certificates = certificates
    guard !certificates.isEmpty else { return }
    var byHash: Set<[UInt8]> = []
    duplicates = certificates.indices.filter { !byHash.insert(certificates[$0].sha256).inserted }
    followIssuers()
    unused = certificates.indices.filter { !path.contains($0) }
    examineIssuers()
    if let time { examineValidity(at: time) }
  }

  /// The server's own certificate: the first.
  public var leaf: CertificateFacts? { certificates.first }

  /// The certificates of the path stand in the order in which TLS 1.2 wants them, each before its issuer.
  public var isInOrder: Bool { path == path.sorted() }

  /// The leaf certifies itself.
  public var isLeafSelfSigned: Bool { path.count == 1 && ending == .selfSigned }

  /// The certificate whose issuer was not sent; nil where the path ends otherwise.
  public var top: CertificateFacts? { path.last.map { certificates[$0] } }

  private mutating func followIssuers() {
    var checks = SignatureChecks(certificates)
    var current = 0
    path = [0]
    while path.count <= Self.longestPath {
      let subject = certificates[current]
      if subject.isSelfIssued {
        let check = checks.check(current, issuer: current)
        // A signature of a kind unknown here is taken at its word, unless the key identifiers contradict it.
        if check == .verified || check == .unsupported && Self.keyIdentifiersAgree(subject, subject) != false {
          ending = .selfSigned
          return
        }
      }
      guard let link = bestIssuer(of: current, &checks) else {
        if subject.isSelfIssued, checks.check(current, issuer: current) == .failed,
          Self.keyIdentifiersAgree(subject, subject) != false
        {
          problems.append(.selfSignatureFailed(current))
        }
        let isOnPath = certificates.indices.contains { $0 != current && path.contains($0) && issues($0, current) }
        ending = isOnPath ? .endless : .issuerNotSent(subject.issuer)
        return
      }
      links.append(link)
      path.append(link.issuer)
      current = link.issuer
    }
    ending = .endless
  }

  private func issues(_ issuer: Int, _ subject: Int) -> Bool {
    !certificates[subject].issuerDER.isEmpty && certificates[issuer].subjectDER == certificates[subject].issuerDER
  }

  /// The certificate that issued this one: of those with the right name the first whose key identifier and signature
  /// fit too, else the first. Signatures of few are tried, so that a hostile list costs little.
  private func bestIssuer(of subject: Int, _ checks: inout SignatureChecks) -> Link? {
    var best: (link: Link, score: Int)?
    var tried = 0
    for index in certificates.indices where issues(index, subject) && !path.contains(index) {
      guard tried < 4 else { break }
      let agree = Self.keyIdentifiersAgree(certificates[subject], certificates[index])
      tried += 1
      let check = checks.check(subject, issuer: index)
      let score = (check == .verified ? 4 : check == .unsupported ? 2 : 0) + (agree == false ? 0 : 1)
      if score > best?.score ?? -1 {
        best = (Link(subject: subject, issuer: index, keyIdentifiersAgree: agree, signature: check), score)
      }
      if score == 5 { break }
    }
    return best?.link
  }

  private static func keyIdentifiersAgree(_ subject: CertificateFacts, _ issuer: CertificateFacts) -> Bool? {
    guard let authority = subject.authorityKeyIdentifier, let own = issuer.subjectKeyIdentifier else { return nil }
    return authority == own
  }

  private mutating func examineIssuers() {
    for link in links {
      let issuer = certificates[link.issuer]
      // Version 1 roots have no extensions and are accepted as roots; above a leaf they are no authority either way.
      if issuer.isCertificateAuthority != true, !(issuer.version == 1 && issuer.isSelfIssued) {
        problems.append(.issuerIsNoAuthority(link.issuer))
      }
      if let usage = issuer.keyUsage, !usage.contains("keyCertSign") {
        problems.append(.certificateSigningNotAllowed(link.issuer))
      }
      if link.signature == .failed { problems.append(.signatureFailed(subject: link.subject)) }
      if link.keyIdentifiersAgree == false { problems.append(.keyIdentifiersDiffer(subject: link.subject)) }
    }
    for (place, index) in path.enumerated().dropFirst() {
      guard let constraints = certificates[index].nameConstraints else { continue }
      for subject in path[..<place] {
        guard let name = constraints.firstViolation(in: certificates[subject]) else { continue }
        problems.append(.nameNotPermitted(subject: subject, by: index, name: name))
      }
    }
    var intermediates = 0
    for index in path.dropFirst() {
      if let limit = certificates[index].pathLengthConstraint, intermediates > limit {
        problems.append(.pathTooLong(index, limit: limit, intermediates: intermediates))
      }
      // Self-issued intermediates do not count (RFC 5280 §4.2.1.9).
      if !certificates[index].isSelfIssued { intermediates += 1 }
    }
  }

  private mutating func examineValidity(at time: Int64) {
    for index in path {
      if let notAfter = certificates[index].notAfter, time > notAfter { problems.append(.expired(index)) }
      if let notBefore = certificates[index].notBefore, time < notBefore { problems.append(.notYetValid(index)) }
    }
  }
}

extension CertificateFacts {
  /// Checks this certificate's signature with another's key.
  public func checkSignature(issuer: CertificateFacts) -> SignatureCheck {
    guard mayBeChecked(with: issuer) else { return .unsupported }
    return SignatureCache.check(self, with: issuer) { checkSignatureAnew(issuer: issuer) }
  }

  private func checkSignatureAnew(issuer: CertificateFacts) -> SignatureCheck {
    guard !hasUnusualPSSParameters, !signedRange.isEmpty, !signatureRange.isEmpty, signedRange.upperBound <= der.count,
      signatureRange.upperBound <= der.count,
      let method = SignatureMethod(signatureAlgorithm: signatureAlgorithm, hash: signatureHash)
    else { return .unsupported }
    return SignatureCheck.check(
      Array(der[signatureRange]), over: Array(der[signedRange]), method: method, key: issuer.subjectPublicKeyInfo)
  }
}
