import NetworkValues

/// One place of the table: the flow in six words.
struct FlowEntry {
  /// The flow's hash, never zero; zero marks an empty place.
  var tag: UInt64 = 0
  var lowHigh: UInt64 = 0
  var lowLow: UInt64 = 0
  var highHigh: UInt64 = 0
  var highLow: UInt64 = 0
  var ports: UInt32 = 0
  var slot: UInt32 = 0

  init() {}

  @inline(__always)
  init(_ key: borrowing ConnectionKey) {
    // No IPv6 packet comes from a multicast address (RFC 4291 §2.7): a prefix of ones keeps IPv4 flows apart.
    lowHigh = key.low.address.isIPv4 ? ~0 : key.low.address.high
    lowLow = key.low.address.low
    highHigh = key.high.address.isIPv4 ? ~0 : key.high.address.high
    highLow = key.high.address.low
    ports = UInt32(key.low.port) << 16 | UInt32(key.high.port)
  }

  @inline(__always)
  func isSameFlow(as other: FlowEntry) -> Bool {
    (lowHigh ^ other.lowHigh) | (lowLow ^ other.lowLow) | (highHigh ^ other.highHigh) | (highLow ^ other.highLow)
      | UInt64(ports ^ other.ports) == 0
  }
}

/// The random numbers that one table's hash starts from.
struct FlowSeed {
  let first = UInt64.random(in: .min ... .max)
  let second = UInt64.random(in: .min ... .max)
  let third = UInt64.random(in: .min ... .max)
  let fourth = UInt64.random(in: .min ... .max)
  let fifth = UInt64.random(in: .min ... .max)

  /// Multiplies and folds, as wyhash does: without the seeds nobody can steer where a flow lands.
  @inline(__always)
  func tag(_ entry: FlowEntry) -> UInt64 {
    let low = Self.fold(entry.lowHigh ^ first, entry.lowLow ^ second)
    let high = Self.fold(entry.highHigh ^ third, entry.highLow ^ fourth)
    // The top bit is given away so that no tag is zero.
    return Self.fold(low ^ UInt64(entry.ports), high ^ fifth) | 1 << 63
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
