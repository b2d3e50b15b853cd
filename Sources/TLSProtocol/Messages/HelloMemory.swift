public import Bytes

/// Remembers the shapes of hellos, so that each is read once however often clients and servers repeat it.
///
/// A hello's shape follows from its bytes without those that differ from one connection to the next. What those are, and
/// that their lengths fit, is checked in every hello; one with anything out of the ordinary is read on its own. One
/// thread uses a memory.
public final class HelloMemory {
  private var clients = ShapeMemory<ClientHelloShape>()
  private var servers = ShapeMemory<ServerHelloShape>()
  private var outline = HelloOutline()

  public init() {}

  /// How many shapes are remembered.
  var count: Int { clients.count + servers.count }

  /// Reads a ClientHello as ``ClientHello/init(parsing:)`` does.
  public func clientHello(parsing cursor: inout ByteCursor) throws(ParseError) -> ClientHello {
    guard outline.traceClientHello(cursor) else { return try ClientHello(parsing: &cursor) }
    guard let shape = clients.shape(for: outline.bytes) else {
      let hello = try ClientHello(parsing: &cursor)
      if hello.malformedExtensions.isEmpty, hello.structureError == nil {
        clients.remember(hello.shape, for: outline.bytes)
      }
      return hello
    }
    try cursor.skip(2)
    var hello = ClientHello(
      random: try cursor.readBytes(32, field: "random"),
      legacySessionID: try cursor.readBytes(prefixedBy: UInt8.self, field: "legacy_session_id"), shape: shape)
    _ = try cursor.slice(prefixedBy: UInt16.self, field: "cipher_suites")
    _ = try cursor.slice(prefixedBy: UInt8.self, field: "legacy_compression_methods")
    guard !cursor.isAtEnd else { return hello }
    var list = try cursor.slice(prefixedBy: UInt16.self, field: "extensions")
    if outline.namesServer || outline.resumes {
      var extensions = list
      while !extensions.isAtEnd {
        let type: ExtensionType = try extensions.read(field: "extension_type")
        var body = try extensions.slice(prefixedBy: UInt16.self, field: "extension_data")
        if type == .serverName { hello.serverName = try body.readServerName() }
        if type == .preSharedKey { hello.preSharedKeyIdentities = try body.readPreSharedKeyIdentities() }
      }
    }
    hello.extensionBytes = list.readRemaining()
    return hello
  }

  /// Reads a ServerHello as ``ServerHello/init(parsing:)`` does.
  public func serverHello(parsing cursor: inout ByteCursor) throws(ParseError) -> ServerHello {
    guard outline.traceServerHello(cursor) else { return try ServerHello(parsing: &cursor) }
    guard let shape = servers.shape(for: outline.bytes) else {
      let hello = try ServerHello(parsing: &cursor)
      if hello.malformedExtensions.isEmpty, hello.structureError == nil {
        servers.remember(hello.shape, for: outline.bytes)
      }
      return hello
    }
    try cursor.skip(2)
    var hello = ServerHello(
      random: try cursor.readBytes(32, field: "random"),
      legacySessionID: try cursor.readBytes(prefixedBy: UInt8.self, field: "legacy_session_id_echo"), shape: shape)
    try cursor.skip(3)
    guard !cursor.isAtEnd else { return hello }
    hello.extensionBytes = try cursor.readBytes(prefixedBy: UInt16.self, field: "extensions")
    return hello
  }
}

/// Shapes by the bytes that they follow from.
private struct ShapeMemory<Shape> {
  private var shapes: [[UInt8]: Shape] = [:]
  /// The one that was used last: it is most often the next one too.
  private var last: (outline: [UInt8], shape: Shape)?
  /// Beyond this many distinct shapes the memory starts anew: sharing saves work, nothing depends on it.
  private let limit = 512

  var count: Int { shapes.count }

  mutating func shape(for outline: [UInt8]) -> Shape? {
    if let last, last.outline.hasSameBytes(as: outline) { return last.shape }
    guard let shape = shapes[outline] else { return nil }
    last = (outline, shape)
    return shape
  }

  mutating func remember(_ shape: Shape, for outline: [UInt8]) {
    if shapes.count >= limit { shapes.removeAll(keepingCapacity: true) }
    shapes[outline] = shape
    last = (outline, shape)
  }
}
