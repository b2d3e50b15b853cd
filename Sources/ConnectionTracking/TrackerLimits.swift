public import Bytes
import HandshakeModel

/// Bounds on what following connections may cost, and when a quiet one is given up.
public struct TrackerLimits: Sendable, Hashable {
  /// Bytes that one direction may keep waiting for a hole to fill.
  public var reassemblyBytesPerDirection = 256 * 1024
  /// Memory that all connections together may use to keep bytes waiting.
  public var reassemblyBytesInTotal: Int
  /// Memory that all open TCP connections may use, with the handshakes in their stories; beyond it the quietest of the
  /// oldest is finished early.
  public var connectionBytesInTotal: Int
  /// Connections followed at once; beyond it the quietest of the oldest is finished early.
  public var connections = 150_000
  /// Seconds without a packet after which a connection is finished.
  public var idleSeconds = 300.0
  /// Seconds without a packet after which a connection that never carried data is finished.
  public var halfOpenSeconds = 130.0
  /// QUIC and DTLS flows followed at once; further ones are left out.
  public var datagramFlows = 20_000
  /// Memory that all of them together may use to keep bytes of messages that are not whole.
  public var datagramBytesInTotal: Int
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
  /// What all of this may cost together; the limits in bytes follow from it.
  public let memory: MemoryBudget
  /// How many trackers share it.
  private(set) var sharers = 1

  /// What one tracker's keeper may use.
  func share(of keeper: MemoryBudget.Keeper) -> MemoryShare { memory.share(of: keeper, among: sharers) }

  /// Limits that keep to a budget of memory.
  public init(memory: MemoryBudget = .standard) {
    self.memory = memory
    reassemblyBytesInTotal = memory.limit(of: .earlyBytes)
    connectionBytesInTotal = memory.limit(of: .connections)
    datagramBytesInTotal = memory.limit(of: .datagramFlows)
  }

  /// The limits of one of several trackers that share a capture's flows: together they may use what one alone may.
  func divided(by count: Int) -> Self {
    var part = self
    part.sharers *= count
    part.reassemblyBytesInTotal /= count
    part.connectionBytesInTotal /= count
    part.datagramBytesInTotal /= count
    part.connections = max(1, connections / count)
    part.checkedCertificates /= count
    part.datagramFlows = max(1, datagramFlows / count)
    return part
  }
}
