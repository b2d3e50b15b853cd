import ConnectionTracking
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol

/// Puts what two sides say into TCP segments or datagrams.
struct DialoguePlayer {
  private let isDatagram: Bool
  /// How it ends: FINs, resets, silence.
  private let ending: UInt8
  private let client = Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 40_000)
  private let server = Endpoint(address: IPAddress(ipv4: 0xC633_6402), port: 443)
  private var clientNext: UInt32 = 1000
  private var serverNext: UInt32 = 0xFFFF_FF00
  private var frame = 0

  init(isDatagram: Bool, ending: UInt8) { (self.isDatagram, self.ending) = (isDatagram, ending) }

  mutating func open(_ tracker: inout ConnectionTracker) {
    guard !isDatagram else { return }
    play(.syn, [], from: .client, &tracker)
    clientNext &+= 1
    play([.syn, .ack], [], from: .server, &tracker)
    serverNext &+= 1
    play(.ack, [], from: .client, &tracker)
  }

  mutating func send(_ bytes: [UInt8], from sender: Role, _ tracker: inout ConnectionTracker) {
    play([.psh, .ack], bytes, from: sender, &tracker)
    move(sender, bytes.count)
    if !isDatagram { play(.ack, [], from: sender.peer, &tracker) }
  }

  /// Bytes that were sent, and are not in the capture.
  mutating func lose(_ count: Int, from sender: Role, _ tracker: inout ConnectionTracker) {
    move(sender, count)
    if !isDatagram { play(.ack, [], from: sender.peer, &tracker) }
  }

  mutating func end(_ tracker: inout ConnectionTracker) {
    guard !isDatagram else { return }
    let first = ending & 1 == 0 ? Role.client : .server
    switch ending >> 1 {
    case 0:
      play([.fin, .ack], [], from: first, &tracker)
      move(first, 1)
      play([.fin, .ack], [], from: first.peer, &tracker)
    case 1: play(.rst, [], from: first, &tracker)
    case 2: play([.fin, .ack], [], from: first, &tracker)
    default: break
    }
  }

  private mutating func move(_ sender: Role, _ count: Int) {
    if sender == .client { clientNext &+= UInt32(count) } else { serverNext &+= UInt32(count) }
  }

  private mutating func play(
    _ flags: TCPFlags, _ payload: [UInt8], from sender: Role, _ tracker: inout ConnectionTracker
  ) {
    frame += 1
    let (source, destination) = sender == .client ? (client, server) : (server, client)
    let (sequence, acknowledgment) = sender == .client ? (clientNext, serverNext) : (serverNext, clientNext)
    let transport =
      isDatagram
      ? Transport.udp(UDPHeader(sourcePort: source.port, destinationPort: destination.port))
      : .tcp(
        TCPHeader(
          sourcePort: source.port, destinationPort: destination.port,
          sequenceNumber: SequenceNumber(rawValue: sequence),
          acknowledgmentNumber: SequenceNumber(rawValue: flags.contains(.ack) ? acknowledgment : 0), flags: flags,
          window: 512))
    let span = payload.span
    let packet = unsafe Packet(
      frame: frame, timestamp: Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(frame) * 1_000_000),
      source: source.address, destination: destination.address, hopLimit: 64, identification: nil,
      transport: transport, payload: span.bytes, payloadLength: payload.count)
    tracker.receive(packet)
  }
}
