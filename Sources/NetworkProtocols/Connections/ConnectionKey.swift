public import NetworkValues

/// The two ends of a flow, whichever of them sent the packet at hand.
///
/// Keys are equal, and hash alike, where the ends are; ``direction`` does not count.
public struct ConnectionKey: Hashable, Sendable {
  /// The lower end, by address, then by port.
  public let low: Endpoint
  /// The greater of both ends.
  public let high: Endpoint
  /// Which way the packet went that the key was made from.
  public let direction: FlowDirection

  @inlinable
  public init(source: Endpoint, destination: Endpoint) {
    if destination < source {
      (low, high, direction) = (destination, source, .reverse)
    } else {
      (low, high, direction) = (source, destination, .forward)
    }
  }

  @inlinable
  public static func == (left: Self, right: Self) -> Bool {
    left.low == right.low && left.high == right.high
  }

  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(low)
    hasher.combine(high)
  }
}

extension ConnectionKey {
  /// Which of `count` shards the flow falls into, 0 at the least: the same in every run, whichever end is asked.
  @inlinable
  public func shard(of count: Int) -> Int { Self.shard(of: count, low, high) }

  /// The shard of the flow between two ends, in either order.
  @inlinable
  @inline(__always)
  public static func shard(of count: Int, _ one: Endpoint, _ other: Endpoint) -> Int {
    var mixed = fold(one) &+ fold(other)
    mixed = (mixed ^ mixed >> 32) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 29) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: mixed >> 32) % max(count, 1)
  }

  /// An end in 64 bits; different ends may have the same.
  @inlinable
  @inline(__always)
  static func fold(_ end: Endpoint) -> UInt64 {
    end.address.low ^ end.address.high.byteSwapped ^ UInt64(end.port) << 32
  }
}

/// Which way a packet goes, relative to its ``ConnectionKey``.
public enum FlowDirection: UInt8, Hashable, Sendable {
  /// From the lower end to the higher one.
  case forward
  case reverse

  /// The other direction.
  @inlinable public var opposite: FlowDirection { self == .forward ? .reverse : .forward }
}

extension Packet {
  /// The key of the packet's flow; nil for a packet without ports.
  @inlinable
  public var connectionKey: ConnectionKey? {
    let ports: (UInt16, UInt16)
    switch transport {
    case .tcp(let header): ports = (header.sourcePort, header.destinationPort)
    case .udp(let header): ports = (header.sourcePort, header.destinationPort)
    case .icmp, .other: return nil
    }
    return ConnectionKey(
      source: Endpoint(address: source, port: ports.0), destination: Endpoint(address: destination, port: ports.1))
  }
}
