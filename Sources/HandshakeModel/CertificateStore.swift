import Bytes
import TLSProtocol

/// Gives equal certificates one object, so that each distinct one is read once however often it is sent.
final class CertificateStore {
  private var known: [[UInt8]: Certificate] = [:]
  /// Beyond this many distinct certificates the store starts anew: sharing saves work, nothing depends on it.
  private let limit = 1024
  /// Bytes that connections carry for each certificate whose signature is checked, once the first ones are used up: many
  /// more than a certificate has, and about as many as a handshake with a server that was never seen before.
  static let bytesPerCheck = 6144
  /// Certificates whose signatures may still be checked for nothing, whatever their keys.
  private var checksLeft: Int
  /// Bytes of connections that have paid for nothing yet.
  private var bytes = 0

  /// The one asked for last: servers repeat themselves.
  private var last: Certificate?

  init(checkedCertificates: Int = TrackerLimits().checkedCertificates) { checksLeft = checkedCertificates }

  /// Counts bytes that connections carry.
  func note(bytes count: Int) { bytes &+= count }

  func certificate(_ der: [UInt8]) -> Certificate {
    if let last, last.der.hasSameBytes(as: der) { return last }
    if let certificate = known[der] {
      last = certificate
      return certificate
    }
    if known.count >= limit { known.removeAll(keepingCapacity: true) }
    let certificate = Certificate(der: der, signatureAllowance: nextAllowance())
    known[der] = certificate
    last = certificate
    return certificate
  }

  private func nextAllowance() -> SignatureAllowance {
    if checksLeft > 0 {
      checksLeft -= 1
      return .any
    }
    guard bytes >= Self.bytesPerCheck else { return .none }
    bytes -= Self.bytesPerCheck
    return .cheap
  }
}
