import NetworkValues
import TLSProtocol

/// What earlier lines of a log say about the handshake that it is telling of: some lines mean more in its light.
struct LogContext: Sendable {
  /// A line that changes what later lines mean.
  enum Event: Sendable {
    case clientHello
    /// TCP is connected, perhaps after other addresses were tried.
    case connected
    case serverHello
    /// The logging client was asked for a certificate and sends none.
    case emptyClientCertificate
    /// JSSE prints the server's chain from here on.
    case serverCertificate
    case endOfCertificates
    case notBefore
    case notAfter
    case issuer
    case subject
    /// The handshake is over and was successful.
    case established
  }

  private(set) var hasServerHello = false
  private(set) var hasEmptyClientCertificate = false
  private(set) var isEstablished = false
  private var isInCertificates = false
  /// Of the certificates that JSSE printed last, in order.
  private var chain: [PrintedCertificate] = []

  /// More certificates than any client takes.
  private static let chainLimit = 16

  private struct PrintedCertificate: Sendable {
    var issuer: [UInt8]?
    var subject: [UInt8]?
    var notBefore: LogTime?
    var notAfter: LogTime?
  }

  mutating func note(_ event: Event, line: [UInt8]) {
    switch event {
    case .clientHello:
      self = LogContext()
    case .connected: break
    case .serverHello: hasServerHello = true
    case .emptyClientCertificate: hasEmptyClientCertificate = true
    case .established: isEstablished = true
    case .serverCertificate:
      isInCertificates = true
      chain = []
    case .endOfCertificates: isInCertificates = false
    case .issuer:
      guard isInCertificates, chain.count < Self.chainLimit else { return }
      chain.append(PrintedCertificate(issuer: Self.value(line)))
    case .notBefore: update { $0.notBefore = LogTime(Self.value(line) ?? []) }
    case .notAfter: update { $0.notAfter = LogTime(Self.value(line) ?? []) }
    case .subject: update { $0.subject = Self.value(line) }
    }
  }

  private mutating func update(_ change: (inout PrintedCertificate) -> Void) {
    guard isInCertificates, !chain.isEmpty else { return }
    change(&chain[chain.count - 1])
  }

  /// What stands behind the colon, without quotes.
  private static func value(_ line: [UInt8]) -> [UInt8]? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return Array(line[(colon + 1)...].filter { $0 != UInt8(ascii: "\"") }.prefix(1024))
  }

  /// Java says "unable to find valid certification path" of untrusted, expired and self-signed certificates alike: the
  /// chain that it printed may tell which.
  func refinedUntrusted(at time: Timestamp?) -> (cause: CauseCode, confidence: Confidence)? {
    if let time {
      if chain.contains(where: { ($0.notAfter?.timestamp).map { $0 < time } ?? false }) {
        return (.certExpired, .likely)
      }
      if chain.contains(where: { ($0.notBefore?.timestamp).map { $0 > time } ?? false }) {
        return (.certNotYetValid, .likely)
      }
    }
    if let leaf = chain.first, let issuer = leaf.issuer, issuer == leaf.subject { return (.certSelfSigned, .certain) }
    return nil
  }
}
