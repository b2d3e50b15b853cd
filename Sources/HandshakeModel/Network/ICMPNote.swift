public import NetworkValues
public import TLSProtocol

/// An ICMP error about the connection.
public struct ICMPNote: Sendable, Hashable {
  public var frame: Int
  public var time: Timestamp
  /// Who reports it: the server itself, or a router on the way.
  public var reporter: IPAddress
  public var isICMPv6: Bool
  public var type: UInt8
  public var code: UInt8
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
