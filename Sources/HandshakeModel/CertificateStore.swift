import Bytes

/// Gives equal certificates one object, so that each distinct one is read once however often it is sent.
final class CertificateStore {
  private var known: [[UInt8]: Certificate] = [:]
  /// Beyond this many distinct certificates the store starts anew: sharing saves work, nothing depends on it.
  private let limit = 1024

  /// The one asked for last: servers repeat themselves.
  private var last: Certificate?

  func certificate(_ der: [UInt8]) -> Certificate {
    if let last, last.der.hasSameBytes(as: der) { return last }
    if let certificate = known[der] {
      last = certificate
      return certificate
    }
    if known.count >= limit { known.removeAll(keepingCapacity: true) }
    let certificate = Certificate(der: der)
    known[der] = certificate
    last = certificate
    return certificate
  }
}
