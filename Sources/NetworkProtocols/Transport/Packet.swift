public import NetworkValues
import PacketCapture

/// One IP packet with its transport header read and its payload borrowed from the frame (or, for a reassembled
/// datagram, from the decoder).
public struct Packet: ~Escapable {
  /// The frame that carries it; for a datagram in fragments, the frame with the fragment that completed it.
  public let frame: Int
  /// When it was captured.
  public let timestamp: Timestamp
  /// The sender's address.
  public let source: IPAddress
  /// The receiver's address.
  public let destination: IPAddress
  /// IPv4 time to live or IPv6 hop limit, as captured.
  public let hopLimit: UInt8
  /// The IPv4 identification field; nil for IPv6.
  public let identification: UInt16?
  /// The header behind IP's.
  public let transport: Transport
  /// What follows the transport header, as far as it was captured.
  public let payload: RawSpan
  /// How many payload bytes the packet had on the wire: more than `payload` holds where the capture cut it short.
  public let payloadLength: Int

  @_lifetime(copy payload)
  @inlinable
  public init(
    frame: Int, timestamp: Timestamp, source: IPAddress, destination: IPAddress, hopLimit: UInt8,
    identification: UInt16?, transport: Transport, payload: RawSpan, payloadLength: Int
  ) {
    self.frame = frame
    self.timestamp = timestamp
    self.source = source
    self.destination = destination
    self.hopLimit = hopLimit
    self.identification = identification
    self.transport = transport
    self.payload = payload
    self.payloadLength = payloadLength
  }
}

/// The header behind IP's.
public enum Transport: Sendable {
  case tcp(TCPHeader)
  case udp(UDPHeader)
  case icmp(ICMPMessage)
  /// Any other IP protocol, by its IANA number.
  case other(UInt8)
}

/// A UDP header, RFC 768, without length and checksum.
public struct UDPHeader: Hashable, Sendable {
  /// The sender's port.
  public var sourcePort: UInt16
  /// The receiver's port.
  public var destinationPort: UInt16

  @inlinable
  public init(sourcePort: UInt16, destinationPort: UInt16) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }
}

/// An ICMP (RFC 792) or ICMPv6 (RFC 4443) message and, for an error, the packet that it quotes.
public struct ICMPMessage: Hashable, Sendable {
  /// ICMPv6 (RFC 4443), not ICMP (RFC 792).
  public var isICMPv6: Bool
  /// As IANA numbers it.
  public var type: UInt8
  /// As IANA numbers it.
  public var code: UInt8
  /// The next hop's MTU in bytes, where the error is "fragmentation needed" (RFC 1191) or "packet too big".
  public var nextHopMTU: Int?
  /// The packet that caused the error, as far as it was quoted; nil for messages that are no errors.
  public var quoted: QuotedPacket?

  public init(isICMPv6: Bool, type: UInt8, code: UInt8, nextHopMTU: Int? = nil, quoted: QuotedPacket? = nil) {
    self.isICMPv6 = isICMPv6
    self.type = type
    self.code = code
    self.nextHopMTU = nextHopMTU
    self.quoted = quoted
  }
}

/// The head of a packet as an ICMP error quotes it: enough to find its connection.
public struct QuotedPacket: Hashable, Sendable {
  /// The sender's address.
  public var source: Endpoint
  /// Where the quoted packet went.
  public var destination: Endpoint
  /// The IANA number of its transport: 6 TCP, 17 UDP.
  public var transportProtocol: UInt8
  /// The TCP sequence number, where the quote reaches it.
  public var sequenceNumber: SequenceNumber?
  /// The IP length of the quoted packet in bytes.
  public var length: Int

  public init(
    source: Endpoint, destination: Endpoint, transportProtocol: UInt8, sequenceNumber: SequenceNumber?, length: Int
  ) {
    self.source = source
    self.destination = destination
    self.transportProtocol = transportProtocol
    self.sequenceNumber = sequenceNumber
    self.length = length
  }
}
