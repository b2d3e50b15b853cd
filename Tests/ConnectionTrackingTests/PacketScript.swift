import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol

@testable import ConnectionTracking
@testable import HandshakeModel

/// Packets in capture order, as values, to be played to a tracker. Frames count from 1.
struct PacketScript {
  struct Step {
    var time: Timestamp
    var source: IPAddress
    var destination: IPAddress
    var hopLimit: UInt8
    var identification: UInt16?
    var transport: Transport
    var payload: [UInt8]
    /// Bytes on the wire; more than `payload` holds where the capture cut it short.
    var payloadLength: Int
  }

  private(set) var steps: [Step] = []
  /// The moment of the next packet.
  var now = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

  /// The frame number of the last packet.
  var frame: Int { steps.count }

  mutating func wait(_ seconds: Double) { now.nanoseconds += Int64(seconds * 1e9) }

  mutating func add(
    from source: IPAddress, to destination: IPAddress, _ transport: Transport, _ payload: [UInt8] = [],
    payloadLength: Int? = nil, hopLimit: UInt8 = 64, identification: UInt16? = nil
  ) {
    steps.append(
      Step(
        time: now, source: source, destination: destination, hopLimit: hopLimit, identification: identification,
        transport: transport, payload: payload, payloadLength: payloadLength ?? payload.count))
    now = now.advanced(by: 1_000_000)
  }

  mutating func addTCP(
    from source: Endpoint, to destination: Endpoint, sequence: UInt32, acknowledgment: UInt32 = 0, _ flags: TCPFlags,
    _ payload: [UInt8] = [], payloadLength: Int? = nil, hopLimit: UInt8 = 64
  ) {
    add(
      from: source.address, to: destination.address,
      .tcp(
        TCPHeader(
          sourcePort: source.port, destinationPort: destination.port,
          sequenceNumber: SequenceNumber(rawValue: sequence),
          acknowledgmentNumber: SequenceNumber(rawValue: acknowledgment), flags: flags, window: 512)),
      payload, payloadLength: payloadLength, hopLimit: hopLimit)
  }

  /// Plays every packet and ends all connections: their stories, by index.
  func connections(limits: TrackerLimits = TrackerLimits()) -> [Connection] {
    var tracker = ConnectionTracker(limits: limits)
    play(to: &tracker)
    tracker.finishAll()
    return tracker.finished.sorted { $0.index < $1.index }
  }

  func lookups() -> [NameLookup] {
    var tracker = ConnectionTracker()
    play(to: &tracker)
    return tracker.lookups.lookups
  }

  /// Plays the packets behind the first so many.
  func play(to tracker: inout ConnectionTracker, from first: Int = 0) {
    forEachPacket(from: first) { tracker.receive($0) }
  }

  /// Lends each packet behind the first so many.
  func forEachPacket(from first: Int = 0, _ body: (borrowing Packet) -> Void) {
    for (index, step) in steps.enumerated().dropFirst(first) {
      let bytes = step.payload
      let span = bytes.span
      let packet = unsafe Packet(
        frame: index + 1, timestamp: step.time, source: step.source, destination: step.destination,
        hopLimit: step.hopLimit, identification: step.identification, transport: step.transport, payload: span.bytes,
        payloadLength: step.payloadLength)
      body(packet)
    }
  }
}
