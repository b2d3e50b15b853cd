import Bytes
public import HandshakeModel
import NetworkProtocols
public import PacketCapture
public import TLSProtocol

/// Reads a capture from its first packet to its last and tells its story.
public struct CaptureReader: ~Copyable {
  /// Frames in, connections out: take them from ``tracker``'s `finished` as often as wanted.
  public var tracker: ConnectionTracker
  private var intake = PacketIntake()
  /// Wireshark's numbers, where they are wanted.
  private var streams: StreamNumbers?
  /// What was counted so far.
  public var statistics: CaptureStatistics { intake.statistics }

  public init(limits: TrackerLimits = TrackerLimits(), keyLog: KeyLog? = nil) {
    tracker = ConnectionTracker(limits: limits, keyLog: keyLog)
  }

  /// Takes the next frame of the capture.
  public mutating func receive(_ frame: borrowing Frame) {
    guard streams != nil else { return intake.receive(frame) { packet in tracker.receive(packet) } }
    let mayHaveMissedTCP = intake.mayHaveMissedTCP
    intake.receive(frame) { packet in
      streams?.note(packet, mayHaveMissedTCP: mayHaveMissedTCP)
      tracker.receive(packet)
    }
  }

  /// Takes over the secrets that the source has come across since the last call.
  public mutating func adoptSecrets(of source: inout PacketSource) {
    if let keys = intake.newSecrets(of: &source) { tracker.add(keys) }
  }

  /// Numbers TCP streams from here on as Wireshark does, which counts those of all frames.
  mutating func numberStreams() { streams = StreamNumbers() }

  /// Wireshark's number of a connection's stream.
  fileprivate func streamNumber(of connection: borrowing Connection) -> Int? {
    guard connection.transport == .tcp else { return nil }
    return streams?.number(
      of: ConnectionKey(source: connection.client, destination: connection.server), first: connection.firstFrame,
      last: connection.lastFrame)
  }

  /// Ends every open connection and completes the statistics.
  public mutating func finish() {
    tracker.finishAll()
    intake.finish()
    intake.statistics.count(tracker)
  }

  /// Reads the next frame; false at the end of the capture.
  public mutating func readOne(from source: inout PacketSource) throws(CaptureError) -> Bool {
    guard let frame = try source.next() else { return false }
    receive(frame)
    return true
  }

  /// Counts a finished connection.
  public mutating func count(_ connection: Connection) { intake.statistics.count(connection) }
}

extension CaptureStatistics {
  /// Counts a finished connection.
  public mutating func count(_ connection: Connection) {
    if connection.transcript.isTLS { tlsConnections += 1 }
    switch connection.outcome {
    case .established: established += 1
    case .failed: failed += 1
    case .incomplete: incomplete += 1
    }
    droppedBytes &+= connection.network.client.refusedBytes &+ connection.network.server.refusedBytes
  }

  /// Counts what a tracker has followed.
  mutating func count(_ tracker: borrowing ConnectionTracker) {
    tcpConnections += tracker.connectionCount - tracker.datagramFlowCount
    datagramFlows += tracker.datagramFlowCount
    droppedConnections += tracker.evictedConnections
    droppedSecrets = max(droppedSecrets, tracker.droppedSecrets)
    droppedLookups += tracker.lookups.dropped
  }

  /// Adds what was followed of the same capture by others, who counted its frames as well.
  public mutating func add(flowsOf other: CaptureStatistics) {
    tcpConnections += other.tcpConnections
    datagramFlows += other.datagramFlows
    droppedConnections += other.droppedConnections
    droppedSecrets = max(droppedSecrets, other.droppedSecrets)
    droppedLookups += other.droppedLookups
  }

  /// Adds connections that were counted elsewhere.
  public mutating func add(connectionsOf other: CaptureStatistics) {
    tlsConnections += other.tlsConnections
    established += other.established
    failed += other.failed
    incomplete += other.incomplete
    droppedBytes &+= other.droppedBytes
  }
}

extension CaptureReader {
  /// Counts what is finished and gives it to the keeper.
  fileprivate mutating func hand(on keeper: inout ConnectionRetention) {
    for connection in tracker.takeFinished() {
      count(connection)
      keeper.add(connection)
    }
  }
}

extension CaptureStory {
  /// Reads a whole file (`-` is standard input). Damage in its midst ends the reading and is told in ``damage``; a file of
  /// which nothing can be read is an error. Of very many connections the more telling ones are kept, and those that
  /// `wanted` numbers; `stories` says how many captures share the memory for them. What is no regular file is read as `live` says, but with no end to its patience. `progress` hears
  /// now and then how many bytes of the file were read.
  public init(
    path: String, filter: String? = nil, limits: TrackerLimits = TrackerLimits(), keyLog: KeyLog? = nil,
    wanted: Set<Int> = [], stories: Int = 1, live: LiveInput? = nil, progress: (Int) -> Void = { _ in }
  ) throws(CaptureError) {
    self.init(name: path)
    let live = live.map { LiveInput(stopper: $0.stopper) }
    var source = try PacketSource(path: path, filter: filter, live: live, memory: limits.memory)
    var reader = CaptureReader(limits: limits, keyLog: keyLog)
    // Of filtered frames nobody but this program counts the streams.
    if filter == nil { reader.numberStreams() }
    var keeper = ConnectionRetention(
      memory: limits.memory.share(of: .stories, among: stories), wanted: wanted)
    do throws(CaptureError) {
      while try reader.readOne(from: &source) {
        reader.adoptSecrets(of: &source)
        if source.framesRead & 0xfff == 0 { progress(source.bytesRead) }
        if reader.tracker.finished.count >= 64 { reader.hand(on: &keeper) }
      }
    } catch {
      damage = error.description
    }
    while reader.tracker.finishSome(256) { reader.hand(on: &keeper) }
    reader.finish()
    reader.hand(on: &keeper)
    lookups = reader.tracker.lookups.lookups
    statistics = reader.statistics
    statistics.forgottenConnections = keeper.forgotten
    statistics.droppedTextBytes = source.droppedTextBytes
    connections = keeper.finish()
    for index in connections.indices { connections[index].tcpStream = reader.streamNumber(of: connections[index]) }
  }
}
