public import HandshakeModel
import NetworkProtocols
public import NetworkValues
public import PacketCapture
public import TLSProtocol

/// Reads all frames of a capture and follows those flows that fall into some shards: several readers of one capture, each
/// in a thread of its own, do the work of one and have nothing to tell each other but where connections began.
///
/// A capture's flows always fall into the same ``shardCount`` shards with limits of their own, however many readers there
/// are: what comes out depends on the capture alone.
public struct ShardReader: ~Copyable {
  /// Shards that the flows of a capture fall into.
  public static let shardCount = 4

  private var intake = PacketIntake()
  private var flows: FlowShards

  /// Follows the shards whose number leaves `number` when divided by `readers`.
  public init(number: Int, of readers: Int, limits: TrackerLimits, keyLog: KeyLog?) {
    flows = FlowShards(
      own: (0..<Self.shardCount).filter { $0 % max(readers, 1) == number },
      limits: limits.divided(by: Self.shardCount), keyLog: keyLog)
  }

  /// Counts of frames, and of this reader's flows once ``finish()`` was called.
  public var statistics: CaptureStatistics { intake.statistics }
  /// Names that were looked up: one reader hears of them all.
  public var lookups: [NameLookup] { flows.lookups }
  /// Connections that wait to be taken.
  public var finishedCount: Int { flows.marks.count }

  /// Reads up to `count` frames, fewer where `limit` connections wait to be taken; returns how many, which is 0 at the end
  /// of the capture.
  public mutating func read(
    _ count: Int, untilFinished limit: Int, from source: inout PacketSource
  ) throws(CaptureError) -> Int {
    var read = 0
    repeat {
      source.lendHeldFrames { number, record, bytes in
        if let segment = PlainSegment(bytes, record.linkType) {
          take(segment, number, record.timestamp, bytes)
        } else {
          takeAny(record.frame(number, bytes))
        }
        read += 1
        return read < count && flows.marks.count < limit
      }
      guard read < count, flows.marks.count < limit, try takeNext(from: &source) else { break }
      read += 1
      if source.secretCount > intake.adoptedSecrets, let keys = intake.newSecrets(of: &source) { flows.add(keys) }
    } while read < count && flows.marks.count < limit
    return read
  }

  private mutating func takeNext(from source: inout PacketSource) throws(CaptureError) -> Bool {
    guard let frame = try source.next() else { return false }
    if let segment = PlainSegment(frame) {
      take(segment, frame.number, frame.timestamp, frame.bytes)
    } else {
      takeAny(frame)
    }
    return true
  }

  /// Takes what is no plain segment.
  private mutating func takeAny(_ frame: borrowing Frame) {
    intake.receive(frame) { packet in flows.receive(packet) }
  }

  @inline(__always)
  private mutating func take(_ segment: PlainSegment, _ number: Int, _ timestamp: Timestamp, _ bytes: RawSpan) {
    intake.count(bytes.byteCount, timestamp)
    let shard = segment.shard(of: Self.shardCount)
    if flows.include(shard) {
      let header = segment.header(in: bytes)
      flows.receive(segment.packet(of: bytes, number, timestamp, header), header, segment.key, shard)
    } else {
      if segment.flags.contains(.syn) { flows.watch(segment.flags, segment.source, timestamp, number) }
      // Most frames of a capture that others read too are theirs.
      flows.passOver(timestamp, number)
    }
  }

  /// Tells what has come to its point at `now`, of those connections that `scope` says: for captures that bring nothing for
  /// a while, whose packets would tell it by their times.
  public mutating func look(at now: Timestamp, _ timing: LiveTiming, _ scope: LookScope) {
    flows.look(at: now, timing, scope)
  }

  /// Connections that were opened since the last call, in order.
  public mutating func takeOpenings() -> [ConnectionOpening] { flows.takeOpenings() }

  /// What was finished since the last call, not yet numbered.
  public mutating func takeFinished() -> FinishedConnections { flows.takeFinished() }

  /// Connections that are open when the capture ends; of each shard, in order.
  public func openAtTheEnd() -> [ConnectionTag] { flows.openAtTheEnd() }

  /// Ends the next of a shard's connections that ``openAtTheEnd()`` gave.
  public mutating func endNext(ofShard shard: Int) { flows.endNext(ofShard: shard) }

  /// Completes the statistics; every connection has ended.
  public mutating func finish() {
    intake.finish()
    flows.count(into: &intake.statistics)
  }
}
