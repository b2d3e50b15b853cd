import Bytes
import HandshakeModel
import TLSProtocol

/// Gives equal certificates one object, so that each distinct one is read once however often it is sent.
final class CertificateInterner {
  private var known: [[UInt8]: Certificate] = [:]
  /// Beyond this many distinct certificates the store starts anew: sharing saves work, nothing depends on it.
  private let limit = 1024
  /// What they take; what is read of one takes some times as many bytes as the certificate.
  private(set) var memory: MemoryShare
  private static let expansion = 4
  /// Bytes that connections carry for each certificate whose signature is checked, once the first ones are used up: many
  /// more than a certificate has, and about as many as two handshakes with servers that were never seen before. A check
  /// with a P-384 key takes two milliseconds, in which megabytes could be read.
  static let bytesPerCheck = 10_240
  /// Certificates whose signatures may still be checked for nothing, whatever their keys.
  private var checksLeft: Int
  /// Signatures over key exchanges that may still be checked for nothing: each connection has one of its own.
  private var exchangeChecksLeft: Int
  /// Bytes of connections that have paid for nothing yet: for no certificate, and for no key exchange.
  private var bytes = 0
  private var exchangeBytes = 0

  /// The one asked for last: servers repeat themselves.
  private var last: Certificate?

  init(
    checkedCertificates: Int = TrackerLimits().checkedCertificates,
    memory: MemoryShare = MemoryBudget.standard.share(of: .certificates)
  ) {
    self.memory = memory
    checksLeft = checkedCertificates
    exchangeChecksLeft = checkedCertificates
  }

  /// Counts bytes that connections carry.
  func note(bytes count: Int) {
    bytes &+= count
    exchangeBytes &+= count
  }

  /// What checking the signature of the next ServerKeyExchange may cost.
  func allowanceForKeyExchange() -> SignatureAllowance { Self.spend(&exchangeChecksLeft, &exchangeBytes) }

  func certificate(_ der: [UInt8]) -> Certificate {
    if let last, last.der.hasSameBytes(as: der) { return last }
    if let certificate = known[der] {
      last = certificate
      return certificate
    }
    memory.hold(Self.expansion * der.count)
    if known.count >= limit || memory.isExceeded {
      known.removeAll(keepingCapacity: true)
      memory.clear()
      memory.hold(Self.expansion * der.count)
    }
    let certificate = Certificate(der: der, signatureAllowance: Self.spend(&checksLeft, &bytes))
    known[der] = certificate
    last = certificate
    return certificate
  }

  private static func spend(_ checks: inout Int, _ bytes: inout Int) -> SignatureAllowance {
    if checks > 0 {
      checks -= 1
      return .any
    }
    guard bytes >= bytesPerCheck else { return .none }
    bytes -= bytesPerCheck
    return .cheap
  }
}
