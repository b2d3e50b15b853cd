import NetworkProtocols
import NetworkValues
import PacketCapture

/// The two ends that exchange packets, told apart: an IPv4 address in IPv6 clothes is the IPv4 address.
struct Flow: Hashable {
  var local: Endpoint
  var remote: Endpoint

  init(_ local: Endpoint, _ remote: Endpoint) {
    self.local = Self.plain(local)
    self.remote = Self.plain(remote)
  }

  var reversed: Flow { Flow(remote, local) }

  private static func plain(_ end: Endpoint) -> Endpoint {
    guard !end.address.isIPv4, let ipv4 = end.address.ipv4 else { return end }
    return Endpoint(address: IPAddress(ipv4: ipv4), port: end.port)
  }
}

/// What a frame says about whose it is.
struct FrameFacts {
  enum Kind { case tcp, udp, icmp }

  var kind: Kind
  /// From its sender to its receiver; of an ICMP error, what it quotes.
  var flow: Flow
  /// The frame opens a connection.
  var isSYN = false
  /// The transport of what an ICMP error quotes is UDP.
  var quotesUDP = false

  /// Reads a frame; nil for what belongs to no flow.
  static func read(_ frame: borrowing Frame, with decoder: inout FrameDecoder) -> FrameFacts? {
    var facts: FrameFacts?
    decoder.decode(frame) { packet in facts = FrameFacts(packet) ?? facts }
    return facts
  }

  private init?(_ packet: borrowing Packet) {
    switch packet.transport {
    case .tcp(let header):
      kind = .tcp
      flow = Flow(
        Endpoint(address: packet.source, port: header.sourcePort),
        Endpoint(address: packet.destination, port: header.destinationPort))
      isSYN = header.flags.contains(.syn) && !header.flags.contains(.ack)
    case .udp(let header):
      kind = .udp
      flow = Flow(
        Endpoint(address: packet.source, port: header.sourcePort),
        Endpoint(address: packet.destination, port: header.destinationPort))
    case .icmp(let message):
      guard let quoted = message.quoted, quoted.transportProtocol == 6 || quoted.transportProtocol == 17 else {
        return nil
      }
      kind = .icmp
      flow = Flow(quoted.source, quoted.destination)
      quotesUDP = quoted.transportProtocol == 17
    case .other: return nil
    }
  }
}
