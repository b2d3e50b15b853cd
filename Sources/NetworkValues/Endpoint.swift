/// An address and a port: one end of a connection.
public struct Endpoint: Hashable, Sendable {
  /// The IP address.
  public var address: IPAddress
  /// The TCP or UDP port.
  public var port: UInt16

  @inlinable
  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }
}

extension Endpoint: Comparable {
  /// By address, then by port.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    left.address != right.address ? left.address < right.address : left.port < right.port
  }
}

extension Endpoint: CustomStringConvertible {
  /// `127.0.0.1:443`, `[::1]:443`.
  public var description: String {
    address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
