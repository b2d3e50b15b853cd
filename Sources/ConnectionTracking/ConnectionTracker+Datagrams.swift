import HandshakeModel
import NetworkProtocols
import TLSProtocol

/// What is no TCP: QUIC and DTLS over UDP, and ICMP errors, which tell of either.
extension ConnectionTracker {
  mutating func receiveUDP(_ packet: borrowing Packet, _ key: ConnectionKey) {
    certificates.note(bytes: packet.payload.byteCount)
    if let recorder = datagrams[key] {
      lastPacketMattered = true
      return datagrams.receive(packet, by: recorder, direction: key.direction)
    }
    // Behind a long pause the same association goes on; another one begins with a hello.
    if datagrams.isPast(key), !packet.payload.beginsDatagramHandshake { return }
    guard
      let recorder = DatagramFollower(
        key: key, index: connectionCount + 1, first: packet, keyLog: keys.keyLog, certificates: certificates)
    else { return }
    connectionCount += 1
    datagramFlowCount += 1
    datagrams.add(recorder, into: &finished, now: sweeps.last)
    lastPacketMattered = true
    datagrams.receive(packet, by: recorder, direction: key.direction)
  }

  mutating func receiveICMP(_ packet: borrowing Packet, _ message: ICMPMessage, _ quoted: QuotedPacket) {
    lastPacketMattered = true
    let key = ConnectionKey(source: quoted.source, destination: quoted.destination)
    let note = ICMPNote(
      frame: packet.frame, time: packet.timestamp, reporter: packet.source, isICMPv6: message.isICMPv6,
      type: message.type, code: message.code, nextHopMTU: message.nextHopMTU, quotedSender: .client,
      quotedLength: quoted.length)
    if quoted.transportProtocol == 17 { datagrams[key]?.receive(note, direction: key.direction) }
    guard quoted.transportProtocol == 6, let slot = table.find(key), slot != TimeWaitFlows.slot, !slots[slot].isEmpty
    else { return }
    slots[slot].recorder.receive(note, quoting: quoted.sequenceNumber, direction: key.direction)
  }
}
