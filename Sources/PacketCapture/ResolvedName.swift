/// An address and the names that it had when the capture was made (pcapng's name resolution block).
public struct ResolvedName: Hashable, Sendable {
  /// Four bytes of IPv4 or sixteen of IPv6.
  public var address: [UInt8]
  /// Names of that address.
  public var names: [String]

  public init(address: [UInt8], names: [String]) {
    self.address = address
    self.names = names
  }
}
