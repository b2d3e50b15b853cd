/// Gives equal certificates one object, so that each distinct one is read once however often it is sent.
final class CertificateStore {
  private var known: [[UInt8]: Certificate] = [:]
  /// Beyond this many distinct certificates the store starts anew: sharing saves work, nothing depends on it.
  private let limit = 1024

  func certificate(_ der: [UInt8]) -> Certificate {
    if let certificate = known[der] { return certificate }
    if known.count >= limit { known.removeAll(keepingCapacity: true) }
    let certificate = Certificate(der: der)
    known[der] = certificate
    return certificate
  }
}
