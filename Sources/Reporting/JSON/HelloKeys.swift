import HandshakeModel
import TLSProtocol

/// What the recurring members of a ClientHello's JSON follow from.
struct ClientHelloKey: Hashable, Sendable {
  private let shape: HelloShapeIdentity<ClientHelloFields>
  private let transport: ConnectionTransport
  /// JA4 tells a client that names its server from one that does not.
  private let namesServer: Bool

  init(_ hello: borrowing ClientHello, over transport: ConnectionTransport) {
    shape = HelloShapeIdentity(hello.shape)
    namesServer = hello.serverName != nil
    self.transport = transport
  }
}
