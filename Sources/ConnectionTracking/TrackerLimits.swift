import HandshakeModel

/// Bounds on what following connections may cost, and when a quiet one is given up.
public struct TrackerLimits: Sendable, Hashable {
  /// Bytes that one direction may keep waiting for a hole to fill.
  public var reassemblyBytesPerDirection = 256 * 1024
  /// Memory that all connections together may use to keep bytes waiting.
  public var reassemblyBytesInTotal = 64 * 1024 * 1024
  /// Bytes of handshakes that the stories of all open connections may hold; beyond it the quietest of the oldest is
  /// finished early.
  public var handshakeBytesInTotal = 256 * 1024 * 1024
  /// Connections followed at once; beyond it the quietest of the oldest is finished early.
  public var connections = 150_000
  /// Seconds without a packet after which a connection is finished.
  public var idleSeconds = 300.0
  /// Seconds without a packet after which a connection that never carried data is finished.
  public var halfOpenSeconds = 130.0
  /// QUIC and DTLS flows followed at once; further ones are left out.
  public var datagramFlows = 20_000
  /// Memory that all of them together may use to keep bytes of messages that are not whole.
  public var datagramBytesInTotal = 16 * 1024 * 1024
  /// Seconds without a datagram after which such a flow is finished.
  public var datagramIdleSeconds = 60.0
  /// Seconds that a closed connection waits for stragglers.
  public var lingerSeconds = 2.0
  /// The same for one that was reset: what a middlebox cut off may still be answered by the true peer.
  public var resetLingerSeconds = 0.5
  /// The same for one that both sides closed and whose every byte was acknowledged: hardly any are left to come. Those
  /// that do, here and behind a reset, are ignored until ``lingerSeconds`` have passed.
  public var orderlyLingerSeconds = 0.1
  /// Certificates whose signatures are checked, whatever the capture's size, and key exchanges, of which each connection may
  /// have one. Distinct ones beyond them have to be paid for by bytes of connections
  /// (``CertificateInterner/bytesPerCheck``): a check may take two milliseconds.
  public var checkedCertificates = 300
  /// Records of each side after which an open handshake is taken for over.
  public var recordsBeforeSettling = 12
  /// Whether packets that belong to no handshake are passed over, because they are not kept either: stories then cite
  /// frames that are kept, and no others.
  public var readsOnlyHandshakes = false
  /// When to tell a story before its connection is forgotten; nil for when the capture was made before.
  public var live: LiveTiming?

  public init() {}

  /// The limits of one of several trackers that share a capture's flows: together they may use what one alone may.
  func divided(by count: Int) -> Self {
    var part = self
    part.reassemblyBytesInTotal /= count
    part.handshakeBytesInTotal /= count
    part.datagramBytesInTotal /= count
    part.connections = max(1, connections / count)
    part.checkedCertificates /= count
    part.datagramFlows = max(1, datagramFlows / count)
    return part
  }
}
