import HandshakeModel
import NetworkProtocols

extension ConnectionTracker {
  /// Ends the connection in `slot`, since `packet` belongs to another one between the same ends, and opens that: with the
  /// SYN that was held, which `packet` answers or repeats, if it is that one's.
  mutating func reopen(_ slot: Int, _ key: ConnectionKey, _ packet: borrowing Packet, isHeld: Bool) -> Int {
    let held = isHeld ? slots[slot].recorder.takeHeldSYN() : nil
    finish(slot)
    guard let held else { return open(key, packet) }
    let isRepeated = held.direction == key.direction
    let syn = Packet(
      frame: held.frame, timestamp: held.time, source: isRepeated ? packet.source : packet.destination,
      destination: isRepeated ? packet.destination : packet.source, hopLimit: held.hopLimit,
      identification: held.identification, transport: .tcp(held.header), payload: RawSpan(), payloadLength: 0)
    let opened = open(key, syn)
    _ = slots[opened].recorder.receive(syn, held.header, direction: held.direction, mayBuffer: false)
    return opened
  }
}
