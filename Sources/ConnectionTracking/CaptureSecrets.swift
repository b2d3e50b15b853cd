import HandshakeModel
import TLSProtocol

/// The secrets that all connections of a capture share, and the hellos. Captures may carry secrets of their own, which come
/// to light while connections are already open: each looks here when its TLS begins, not when its first packet arrives.
final class CaptureSecrets {
  /// Nil where no secrets were given and none were found.
  private(set) var keyLog: KeyLog?
  /// What clients repeat.
  let hellos = HelloCache()

  init(_ keyLog: KeyLog?) { self.keyLog = keyLog }

  func add(_ secrets: KeyLog) {
    if keyLog == nil { keyLog = KeyLog() }
    keyLog?.merge(secrets)
  }
}
