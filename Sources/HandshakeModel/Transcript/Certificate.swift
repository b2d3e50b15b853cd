import Synchronization
public import TLSProtocol

/// A certificate as it was sent. Its facts are read once, when somebody first asks.
public final class Certificate: Sendable {
  /// The certificate's DER, as it was sent.
  public let der: [UInt8]
  private let cache = Mutex<CertificateFacts?>(nil)

  /// What checking its signature may cost; a capture full of different ones leaves some unchecked.
  private let signatureAllowance: SignatureAllowance

  public init(der: [UInt8], signatureAllowance: SignatureAllowance = .any) {
    self.der = der
    self.signatureAllowance = signatureAllowance
  }

  /// What the certificate says.
  public var facts: CertificateFacts {
    cache.withLock { cached in
      if let cached { return cached }
      var facts = CertificateFacts(der: der)
      facts.signatureAllowance = signatureAllowance
      cached = facts
      return facts
    }
  }
}

/// By identity: the reader gives equal certificates one object. Holding it keeps its address from being used again.
extension Certificate: Hashable {
  public static func == (left: Certificate, right: Certificate) -> Bool { left === right }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
