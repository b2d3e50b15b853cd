import NetworkValues
internal import PacketCapture

/// The datagrams whose fragments are still coming in: bounded in number, bytes and age, oldest out first.
struct FragmentTable {
  /// What a complete datagram holds behind its IP header.
  struct Completed {
    var bytes: [UInt8]
    var transportProtocol: UInt8
  }

  static let datagramLimit = 256
  static let byteLimit = 4 << 20
  /// Linux gives a datagram as long (net.ipv4.ipfrag_time).
  static let ageLimit: Int64 = 30_000_000_000

  private var datagrams: [FragmentedDatagram] = []
  private var byteCount = 0
  private var dropped = 0

  /// Datagrams that still miss fragments.
  var waiting: Int { datagrams.count }

  /// The fragments dropped since the last call: of datagrams that grew too old, too many or contradictory.
  mutating func takeDropped() -> Int {
    defer { dropped = 0 }
    return dropped
  }

  /// Adds a fragment; returns its datagram if that completes it.
  mutating func add(
    _ bytes: [UInt8], _ fragment: Fragment, source: IPAddress, destination: IPAddress, at time: Timestamp
  ) -> Completed? {
    expire(at: time)
    let key = FragmentedDatagram.Key(
      source: source, destination: destination, identification: fragment.identification,
      // RFC 791 tells datagrams apart by protocol too, RFC 8200 does not.
      transportProtocol: source.isIPv4 ? fragment.transportProtocol : 0)
    let index: Int
    if let found = datagrams.lastIndex(where: { $0.key == key }) {
      index = found
    } else {
      if datagrams.count >= Self.datagramLimit { remove(at: 0) }
      datagrams.append(FragmentedDatagram(key: key, started: time))
      index = datagrams.count - 1
    }
    let before = datagrams[index].memory
    datagrams[index].add(bytes, fragment)
    byteCount &+= datagrams[index].memory &- before
    if let completed = datagrams[index].completed {
      byteCount &-= datagrams[index].memory
      dropped &+= datagrams[index].contradictions
      datagrams.remove(at: index)
      return completed
    }
    while byteCount > Self.byteLimit, !datagrams.isEmpty { remove(at: 0) }
    return nil
  }

  private mutating func expire(at time: Timestamp) {
    while let oldest = datagrams.first, time.nanoseconds &- oldest.started.nanoseconds > Self.ageLimit {
      remove(at: 0)
    }
  }

  private mutating func remove(at index: Int) {
    let datagram = datagrams.remove(at: index)
    byteCount &-= datagram.memory
    dropped &+= datagram.fragments
  }
}
