/// What became of the frames that a decoder was given.
public struct DecodeStatistics: Hashable, Sendable {
  /// All frames.
  public internal(set) var frames = 0
  /// Frames that held at least one packet, or a fragment of one.
  public internal(set) var decodedFrames = 0
  /// Packets delivered; an aggregate frame may hold several, a fragment none.
  public internal(set) var packets = 0
  /// Packets whose header or payload the capture's snap length cut short.
  public internal(set) var truncatedPackets = 0
  /// Packets with a header that contradicts itself or ends too early.
  public internal(set) var malformedPackets = 0
  /// Frames given up because tunnels nest too deeply.
  public internal(set) var tooDeepFrames = 0
  /// IP fragments seen.
  public internal(set) var fragments = 0
  /// Of those, how many were dropped: cut by the snap length, contradictory, or of a datagram that never was completed.
  public internal(set) var droppedFragments = 0
  /// Where decoding ended for want of a decoder, and how often.
  public internal(set) var undecoded: [UndecodedProtocol: Int] = [:]

  /// Of them, frames that hold TCP by way of protocols that other programs decode, perhaps.
  public internal(set) var maybeTCP = 0

  /// Hostile captures must not fill memory with kinds of frames: those beyond count as ``UndecodedProtocol/others``.
  static let undecodedLimit = 1024

  public init() {}

  mutating func count(_ what: UndecodedProtocol) {
    if what.mayHoldTCP { maybeTCP &+= 1 }
    let key = undecoded.count < Self.undecodedLimit || undecoded[what] != nil ? what : .others
    undecoded[key, default: 0] &+= 1
  }
}
