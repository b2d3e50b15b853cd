import HandshakeModel
import NetworkProtocols
import NetworkValues

/// Where in the space of 2^32 sequence numbers one end of a connection stands, as far as its segments and its peer's
/// acknowledgments show: what tells its segments from those that somebody made up who sees nothing of the connection.
///
/// A stack takes what lies in its receive window and answers anything else with an ACK at most (RFC 9293 §3.10.7.4,
/// RFC 5961). A capture may lack segments, so a number is believed that lies within ``reach(into:)`` of the last one
/// known, before or behind it. Where windows are small, a guess hits that once in two thousand times.
struct SequenceSpace {
  /// The number behind the farthest byte, SYN or FIN that this end is known to have sent: seen, or acknowledged by its
  /// peer. Nil where nothing is known.
  private(set) var edge: SequenceNumber?
  /// The SYN showed where the numbers begin.
  private(set) var isAnchored = false
  /// The largest window that this end has announced, before scaling.
  private var largestWindow: UInt16 = 0
  /// The shift that its SYN announced (RFC 7323 §2).
  private var windowScale: UInt8 = Self.commonScale
  /// Where the last segment stood that was not believed, and what it acknowledged.
  private var stray = (end: SequenceNumber(rawValue: 0), acknowledged: SequenceNumber(rawValue: 0))
  /// How many such segments in a row fit each other.
  private var strays: UInt8 = 0
  private var believed: UInt8 = 0

  /// Captures lose runs of segments: so many bytes off is believed, however small the window, and twice the window.
  static let leastReach = 1 << 20
  /// No window is larger (RFC 7323 §2.3), and no shift.
  private static let largestReach = 1 << 30
  private static let largestScale: UInt8 = 14
  /// What is supposed of an end whose SYN was not seen.
  private static let commonScale: UInt8 = 7
  /// So many segments in a row that fit each other, and nothing between them that fits what was known, show that the
  /// capture lost more than any window holds.
  private static let straysToFollow: UInt8 = 8

  /// How far from its last known number a segment of this end may stand that `peer` is to receive.
  @inline(__always)
  func reach(into peer: SequenceSpace) -> Int {
    max(Self.leastReach, min(Int(peer.largestWindow) << (Int(peer.windowScale) + 1), Self.largestReach))
  }

  /// Whether a number of this end lies where its next segments may.
  @inline(__always)
  func fits(_ number: SequenceNumber, into peer: SequenceSpace) -> Bool {
    guard let edge else { return true }
    return (number - edge).magnitude <= UInt(bitPattern: reach(into: peer))
  }

  /// Takes in a segment that is believed, which ends before `end`.
  @inline(__always)
  mutating func advance(to end: SequenceNumber, window: UInt16) {
    if window > largestWindow { largestWindow = window }
    if strays > 0 { strays = 0 }
    if believed < Self.straysToFollow { believed += 1 }
    acknowledge(upTo: end)
  }

  /// Takes in what the peer acknowledges.
  @inline(__always)
  mutating func acknowledge(upTo number: SequenceNumber) {
    if let edge, number - edge <= 0 { return }
    edge = number
  }

  /// Takes in the first SYN: the numbers begin there, unless it was captured behind what follows it.
  mutating func begin(at number: SequenceNumber, scale: UInt8?) {
    if edge.map({ !(1...Self.leastReach).contains($0 - number) }) ?? true { edge = number + 1 }
    isAnchored = true
    // Without the option windows are as they stand.
    windowScale = min(scale ?? 0, Self.largestScale)
  }

  /// Segments were passed over: nothing is known any more.
  mutating func forget() { edge = nil }

  /// Notes a segment that is not believed. True where those before it show that the numbers have moved on so far, because
  /// the capture lacks what lies between; they are believed from then on.
  mutating func follows(_ header: TCPHeader, length: Int, peer: inout SequenceSpace) -> Bool {
    let reach = UInt(bitPattern: reach(into: peer))
    let isInLine =
      strays > 0 && (header.sequenceNumber - stray.end).magnitude <= reach
      && (header.acknowledgmentNumber - stray.acknowledged).magnitude <= reach
    strays = isInLine ? min(strays + 1, Self.straysToFollow) : 1
    stray = (header.sequenceNumber + length, header.acknowledgmentNumber)
    // One segment from the midst of a connection is no surer than the next.
    let isKnown = isAnchored || peer.isAnchored
    guard strays >= (isKnown ? Self.straysToFollow : min(believed + 1, Self.straysToFollow)) else { return false }
    edge = header.sequenceNumber
    if header.flags.contains(.ack) { peer.edge = header.acknowledgmentNumber }
    strays = 0
    return true
  }
}
