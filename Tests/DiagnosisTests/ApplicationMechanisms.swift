@testable import Diagnosis

/// Mechanisms that speak of the same question.
extension [Mechanism] {
  static var plaintextServer: [Mechanism] {
    all(of: .appPlaintextServer)
      + all(of: .appStartTLS).filter { !["refused", "not-offered"].contains($0.id.detail) }
  }
  static var plaintextClient: [Mechanism] { all(of: .appPlaintextClient) }
  static var startTLS: [Mechanism] { all(of: .appStartTLS) }
  static var proxyProtocol: [Mechanism] { all(of: .appProxyProtocol) }
  static var serverName: [Mechanism] { all(of: .tlsSNIMissing) + all(of: .tlsSNIUnrecognized) }
  static var intolerance: [Mechanism] { all(of: .tlsIntolerance) }
  static var resumption: [Mechanism] { all(of: .tlsResumption) }

  private static func all(of code: CauseCode) -> [Mechanism] { Mechanism.all.filter { $0.id.code == code } }
}
