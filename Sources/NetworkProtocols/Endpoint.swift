/// An address and a port: one end of a connection.
public struct Endpoint: Hashable, Sendable {
  public var address: IPAddress
  public var port: UInt16

  @inlinable
  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }
}
