import Bytes
import HandshakeModel
import TLSProtocol

/// The secrets that all connections of a capture share, and the hellos. Captures may carry secrets of their own, which come
/// to light while connections are already open: each looks here when its TLS begins, not when its first packet arrives.
final class CaptureSecrets {
  /// Nil where no secrets were given and none were found.
  private(set) var keyLog: KeyLog?
  /// What clients repeat.
  let hellos: HelloCache

  /// For secrets that the capture brings, where none were given.
  private let memory: MemoryShare

  /// The secrets of a key log, if there is one, and room for others.
  init(_ keyLog: KeyLog?, limits: TrackerLimits) {
    self.keyLog = keyLog
    memory = limits.share(of: .secrets)
    hellos = HelloCache(memory: limits.share(of: .hellos))
  }

  func add(_ secrets: KeyLog) {
    if keyLog == nil { keyLog = KeyLog(memory: memory) }
    keyLog?.merge(secrets)
  }
}
