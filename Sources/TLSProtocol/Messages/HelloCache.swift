public import Bytes

/// Remembers the shapes of hellos, so that each is read once however often clients and servers repeat it.
///
/// A hello's shape follows from its bytes without those that differ from one connection to the next. What those are, and
/// that their lengths fit, is checked in every hello; one with anything out of the ordinary is read on its own. Most
/// hellos differ from one of the last few in such bytes only: it is found by comparing. One thread uses a memory.
public final class HelloCache {
  private var clients: ShapeCache<HelloShape<ClientHelloFields>>
  private var servers: ShapeCache<HelloShape<ServerHelloFields>>
  private var outline = HelloOutline()

  /// Remembers as many shapes as a share of memory has room for.
  public init(memory: MemoryShare = MemoryBudget.standard.share(of: .hellos)) {
    clients = ShapeCache(memory: MemoryShare(limit: memory.limit / 4 * 3))
    servers = ShapeCache(memory: MemoryShare(limit: memory.limit / 4))
  }

  /// How many shapes are remembered.
  var count: Int { clients.count + servers.count }

  /// Reads a ClientHello as ``ClientHello/init(parsing:)`` does.
  public func clientHello(parsing cursor: inout ByteCursor) throws(ParseError) -> ClientHello {
    if let example = clients.example(of: cursor) {
      var hello = try ClientHello(parsing: &cursor, shape: example.shape)
      hello.serverName = example.serverName
      return hello
    }
    guard cursor.remaining <= ClientHello.longestUsual, outline.traceClientHello(cursor) else {
      return try ClientHello(parsing: &cursor)
    }
    let whole = cursor
    var hello: ClientHello
    if let shape = clients.shape(for: outline.bytes) {
      hello = try ClientHello(parsing: &cursor, shape: shape)
      if outline.namesServer || outline.resumes { try hello.readNames() }
    } else {
      hello = try ClientHello(parsing: &cursor)
      guard hello.malformedExtensions.isEmpty, hello.structureError == nil else { return hello }
      clients.remember(hello.shape, for: outline.bytes)
    }
    // Whether the identities of sessions can be read has to be seen in each hello.
    if !outline.resumes { clients.addExample(whole, outline, hello.shape, serverName: hello.serverName) }
    return hello
  }

  /// Reads a ServerHello as ``ServerHello/init(parsing:)`` does.
  public func serverHello(parsing cursor: inout ByteCursor) throws(ParseError) -> ServerHello {
    // A random that may be that of a HelloRetryRequest has to be looked at whole.
    if cursor.peek(2) != ServerHello.helloRetryRequestRandom.first, let example = servers.example(of: cursor) {
      return try ServerHello(parsing: &cursor, shape: example.shape)
    }
    guard outline.traceServerHello(cursor) else { return try ServerHello(parsing: &cursor) }
    let whole = cursor
    let hello: ServerHello
    if let shape = servers.shape(for: outline.bytes) {
      hello = try ServerHello(parsing: &cursor, shape: shape)
    } else {
      hello = try ServerHello(parsing: &cursor)
      guard hello.malformedExtensions.isEmpty, hello.structureError == nil else { return hello }
      servers.remember(hello.shape, for: outline.bytes)
    }
    if !outline.isRetry { servers.addExample(whole, outline, hello.shape, serverName: nil) }
    return hello
  }
}

/// A hello that was read. One that is equal where its bytes tell something has its shape, and names the same server.
///
/// An object: looking at one counts one reference.
private final class Example<Shape> {
  let bytes: [UInt8]
  let telling: [Range<Int>]
  let shape: Shape
  let serverName: String?

  init(_ hello: consuming ByteCursor, _ outline: HelloOutline, _ shape: Shape, serverName: String?) {
    telling = outline.telling(of: hello.remaining)
    bytes = hello.readRemaining()
    self.shape = shape
    self.serverName = serverName
  }
}

/// Shapes by the bytes that they follow from.
private struct ShapeCache<Shape> {
  private var shapes: [[UInt8]: Shape] = [:]
  /// Of hellos that had no example when they came, the last few.
  private var examples: [Example<Shape>] = []
  private var next = 0
  /// Beyond this many distinct shapes the memory starts anew: sharing saves work, nothing depends on it.
  private let limit = 512
  /// What the shapes take: what is read of a hello takes some times as many bytes as the hello.
  private var memory: MemoryShare
  private static var expansion: Int { 6 }
  private static var overhead: Int { 1024 }
  private let exampleLimit = 4

  init(memory: MemoryShare) { self.memory = memory }

  var count: Int { shapes.count }

  func example(of hello: ByteCursor) -> Example<Shape>? {
    for example in examples where hello.holds(example.bytes, at: example.telling) { return example }
    return nil
  }

  mutating func addExample(_ hello: ByteCursor, _ outline: HelloOutline, _ shape: Shape, serverName: String?) {
    let example = Example(hello, outline, shape, serverName: serverName)
    if examples.count < exampleLimit {
      examples.append(example)
    } else {
      examples[next] = example
      next = (next + 1) % exampleLimit
    }
  }

  func shape(for outline: [UInt8]) -> Shape? { shapes[outline] }

  mutating func remember(_ shape: Shape, for outline: [UInt8]) {
    let bytes = Self.overhead + Self.expansion * outline.count
    memory.hold(bytes)
    if shapes.count >= limit || memory.isExceeded {
      shapes.removeAll(keepingCapacity: true)
      memory.clear()
      memory.hold(bytes)
    }
    shapes[outline] = shape
  }
}

extension ClientHello {
  /// Reads a hello of which the shape is known, but for what ``readNames()`` reads.
  fileprivate init(parsing cursor: inout ByteCursor, shape: HelloShape<ClientHelloFields>) throws(ParseError) {
    try cursor.skip(2)
    let random = try cursor.slice(HelloBytes.randomLength, field: "random")
    let sessionID = try cursor.slice(prefixedBy: UInt8.self, field: "legacy_session_id")
    _ = try cursor.slice(prefixedBy: UInt16.self, field: "cipher_suites")
    _ = try cursor.slice(prefixedBy: UInt8.self, field: "legacy_compression_methods")
    let extensions = cursor.isAtEnd ? nil : try cursor.slice(prefixedBy: UInt16.self, field: "extensions")
    self.init(HelloBytes(random: random, sessionID: sessionID, extensions: extensions), shape: shape)
  }

  /// Reads what of the extensions no shape tells.
  fileprivate mutating func readNames() throws(ParseError) {
    let telling = shape.fields.extensions.filter { $0.type == .serverName || $0.type == .preSharedKey }
    for item in telling.cut(from: bytes.extensions) {
      try item.body.withCursor { (body) throws(ParseError) in
        if item.type == .serverName {
          serverName = try body.readServerName()
        } else {
          preSharedKeyIdentities = try body.readPreSharedKeyIdentities()
        }
      }
    }
  }
}

extension ServerHello {
  /// Reads a hello of which the shape is known.
  fileprivate init(parsing cursor: inout ByteCursor, shape: HelloShape<ServerHelloFields>) throws(ParseError) {
    try cursor.skip(2)
    let random = try cursor.slice(HelloBytes.randomLength, field: "random")
    let sessionID = try cursor.slice(prefixedBy: UInt8.self, field: "legacy_session_id_echo")
    try cursor.skip(3)
    let extensions = cursor.isAtEnd ? nil : try cursor.slice(prefixedBy: UInt16.self, field: "extensions")
    self.init(HelloBytes(random: random, sessionID: sessionID, extensions: extensions), shape: shape)
  }
}
