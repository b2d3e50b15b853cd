import NetworkProtocols
import NetworkValues
import PacketCapture

/// A packet that outlives its frame.
struct DecodedPacket {
  var frame: Int
  var source: Endpoint
  var destination: Endpoint
  var hopLimit: UInt8
  var identification: UInt16?
  var transport: Transport
  var payload: [UInt8]
  var payloadLength: Int

  init(_ packet: borrowing Packet) {
    frame = packet.frame
    hopLimit = packet.hopLimit
    identification = packet.identification
    transport = packet.transport
    payload = unsafe packet.payload.withUnsafeBytes { unsafe [UInt8]($0) }
    payloadLength = packet.payloadLength
    let ports: (UInt16, UInt16) =
      switch packet.transport {
      case .tcp(let header): (header.sourcePort, header.destinationPort)
      case .udp(let header): (header.sourcePort, header.destinationPort)
      case .icmp, .other: (0, 0)
      }
    source = Endpoint(address: packet.source, port: ports.0)
    destination = Endpoint(address: packet.destination, port: ports.1)
  }

  var tcp: TCPHeader? {
    if case .tcp(let header) = transport { header } else { nil }
  }
  var icmp: ICMPMessage? {
    if case .icmp(let message) = transport { message } else { nil }
  }
  var isUDP: Bool {
    if case .udp = transport { true } else { false }
  }
  /// The packet that ``FrameBuilder/hidden`` or its IPv6 twin holds, whole.
  var isHidden: Bool {
    tcp?.destinationPort == 443 && payload == [1, 2, 3, 4, 5] && payloadLength == 5
  }
}

extension FrameDecoder {
  /// Decodes a frame and collects what comes out.
  mutating func packets(
    _ bytes: [UInt8], _ linkType: UInt32 = 1, number: Int = 1, seconds: Int64 = 0, originalLength: Int? = nil
  ) -> [DecodedPacket] {
    var packets: [DecodedPacket] = []
    let span = bytes.span
    let frame = unsafe Frame(
      number: number, timestamp: Timestamp(nanoseconds: seconds &* 1_000_000_000),
      linkType: LinkType(rawValue: linkType), originalLength: originalLength ?? bytes.count, bytes: span.bytes)
    decode(frame) { packets.append(DecodedPacket($0)) }
    return packets
  }

  /// Decodes a frame that begins with its IP header.
  mutating func decode(_ packet: [UInt8], _ receive: (borrowing Packet) -> Void) {
    let span = packet.span
    let frame = unsafe Frame(
      number: 1, timestamp: Timestamp(nanoseconds: 0), linkType: .raw, originalLength: packet.count, bytes: span.bytes)
    decode(frame, receive)
  }

  /// What one frame yields in a decoder of its own.
  static func packets(_ bytes: [UInt8], _ linkType: UInt32 = 1, originalLength: Int? = nil) -> [DecodedPacket] {
    var decoder = FrameDecoder()
    return decoder.packets(bytes, linkType, originalLength: originalLength)
  }

  /// Where decoding of one frame ends for want of a decoder.
  static func undecoded(_ bytes: [UInt8], _ linkType: UInt32 = 1) -> [UndecodedProtocol: Int] {
    var decoder = FrameDecoder()
    _ = decoder.packets(bytes, linkType)
    return decoder.statistics.undecoded
  }
}
