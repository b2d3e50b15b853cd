public import NetworkValues
public import TLSProtocol

/// An ICMP error about the connection.
public struct ICMPNote: Sendable, Hashable {
  /// The error's frame.
  public var frame: Int
  /// The error's time.
  public var time: Timestamp
  /// Who reports it: the server itself, or a router on the way.
  public var reporter: IPAddress
  /// ICMPv6 (RFC 4443), whose types have other numbers than ICMP's (RFC 792).
  public var isICMPv6: Bool
  /// The type, as IANA numbers it.
  public var type: UInt8
  /// The code, as IANA numbers it.
  public var code: UInt8
  /// Bytes that fit, where the error says so (RFC 1191 §4, RFC 4443 §3.2).
  public var nextHopMTU: Int?
  /// Who sent the packet that it quotes.
  public var quotedSender: Role
  /// The IP length of the packet that it quotes, in bytes.
  public var quotedLength: Int

  public init(
    frame: Int, time: Timestamp, reporter: IPAddress, isICMPv6: Bool, type: UInt8, code: UInt8, nextHopMTU: Int?,
    quotedSender: Role, quotedLength: Int
  ) {
    self.frame = frame
    self.time = time
    self.reporter = reporter
    self.isICMPv6 = isICMPv6
    self.type = type
    self.code = code
    self.nextHopMTU = nextHopMTU
    self.quotedSender = quotedSender
    self.quotedLength = quotedLength
  }
}
