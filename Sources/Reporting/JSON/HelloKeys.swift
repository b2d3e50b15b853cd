import HandshakeModel
import TLSProtocol

/// What the recurring members of a ClientHello's JSON follow from: its shape, by identity, since the reader gives equal
/// hellos one shape. Holding it keeps its address from being used again.
struct ClientHelloKey: Hashable, Sendable {
  private let shape: ClientHelloShape
  private let transport: ConnectionTransport
  /// JA4 tells a client that names its server from one that does not.
  private let namesServer: Bool

  init(_ hello: borrowing ClientHello, over transport: ConnectionTransport) {
    shape = hello.shape
    namesServer = hello.serverName != nil
    self.transport = transport
  }

  static func == (left: Self, right: Self) -> Bool {
    left.shape === right.shape && left.transport == right.transport && left.namesServer == right.namesServer
  }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(shape)) }
}

/// The same of a ServerHello.
struct ServerHelloKey: Hashable, Sendable {
  private let shape: ServerHelloShape

  init(_ hello: borrowing ServerHello) { shape = hello.shape }

  static func == (left: Self, right: Self) -> Bool { left.shape === right.shape }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(shape)) }
}
