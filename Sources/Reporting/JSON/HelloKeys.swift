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

/// What the recurring members of a ServerHello's JSON follow from. A capture's thousands of connections go to a handful
/// of servers, whose hellos differ only in what is random: the rest, with its names and fingerprint, is rendered once.
struct ServerHelloKey: Hashable, Sendable {
  /// Its numbers in a row, the list of extensions last.
  private var numbers: [UInt16] = []
  private let applicationProtocol: String?
  private let isHelloRetryRequest: Bool

  /// Nil for a hello whose malformed extensions make it one of a kind.
  init?(_ hello: borrowing ServerHello) {
    guard hello.malformedExtensions.isEmpty else { return nil }
    applicationProtocol = hello.applicationProtocol
    isHelloRetryRequest = hello.isHelloRetryRequest
    numbers.reserveCapacity(16 + hello.extensions.count)
    numbers.append(hello.legacyVersion.rawValue)
    numbers.append(hello.cipherSuite.rawValue)
    numbers.append(UInt16(hello.compressionMethod))
    append(hello.selectedVersion?.rawValue)
    append(hello.selectedGroup?.rawValue)
    append(hello.selectedIdentity)
    for place in hello.extensions.indices { numbers.append(hello.extensions[place].type.rawValue) }
  }

  /// A number that may be absent, behind whether it is there.
  private mutating func append(_ number: UInt16?) {
    numbers.append(number == nil ? 0 : 1)
    numbers.append(number ?? 0)
  }
}
