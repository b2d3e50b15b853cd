public import Bytes

/// Remembers the shapes of hellos, so that each is read once however often clients repeat it.
///
/// A hello's shape follows from its bytes without those that differ from one connection to the next. What those are, and
/// that their lengths fit, is checked in every hello; one with anything out of the ordinary is read on its own. One
/// thread uses a memory.
public final class HelloMemory {
  private var shapes: [[UInt8]: ClientHelloShape] = [:]
  private var last: (outline: [UInt8], shape: ClientHelloShape)?
  private var outline = ClientHelloOutline()
  /// Beyond this many distinct shapes the memory starts anew: sharing saves work, nothing depends on it.
  private let limit = 512

  public init() {}

  /// How many shapes are remembered.
  var count: Int { shapes.count }

  /// Reads a ClientHello as ``ClientHello/init(parsing:)`` does.
  public func clientHello(parsing cursor: inout ByteCursor) throws(ParseError) -> ClientHello {
    guard outline.trace(cursor) else { return try ClientHello(parsing: &cursor) }
    guard let shape = knownShape else {
      let hello = try ClientHello(parsing: &cursor)
      if hello.shape.fields.malformedExtensions.isEmpty, hello.shape.fields.structureError == nil {
        remember(hello.shape)
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

  private var knownShape: ClientHelloShape? {
    if let last, last.outline.hasSameBytes(as: outline.bytes) { return last.shape }
    guard let shape = shapes[outline.bytes] else { return nil }
    last = (outline.bytes, shape)
    return shape
  }

  private func remember(_ shape: ClientHelloShape) {
    if shapes.count >= limit { shapes.removeAll(keepingCapacity: true) }
    shapes[outline.bytes] = shape
    last = (outline.bytes, shape)
  }
}

/// The bytes of a ClientHello that make its shape.
struct ClientHelloOutline {
  private(set) var bytes: [UInt8] = []
  private(set) var namesServer = false
  private(set) var resumes = false

  /// Traces a hello; false where it is out of the ordinary: broken, or with an extension that comes twice.
  mutating func trace(_ hello: ByteCursor) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    (namesServer, resumes) = (false, false)
    var cursor = hello
    do throws(ParseError) {
      try keep(2, of: &cursor)
      try cursor.skip(32)
      let sessionID = try cursor.slice(prefixedBy: UInt8.self)
      note(sessionID.remaining)
      try keep(prefixedBy: UInt16.self, of: &cursor)
      try keep(prefixedBy: UInt8.self, of: &cursor)
      guard !cursor.isAtEnd else { return true }
      var list = try cursor.slice(prefixedBy: UInt16.self)
      try cursor.finish()
      while !list.isAtEnd {
        let type: ExtensionType = try list.read()
        note(Int(type.rawValue))
        var body = try list.slice(prefixedBy: UInt16.self)
        note(body.remaining)
        try trace(type, &body)
      }
      return true
    } catch {
      return false
    }
  }

  private mutating func trace(_ type: ExtensionType, _ body: inout ByteCursor) throws(ParseError) {
    switch type {
    case .serverName:
      guard !namesServer else { throw ParseError(.invalid("twice"), at: body.offset) }
      namesServer = true
      _ = try body.readServerName()
      try body.finish()
    case .keyShare:
      var shares = try body.slice(prefixedBy: UInt16.self)
      try body.finish()
      while !shares.isAtEnd {
        try keep(2, of: &shares)
        note(try shares.slice(prefixedBy: UInt16.self).remaining)
      }
    case .preSharedKey:
      guard !resumes else { throw ParseError(.invalid("twice"), at: body.offset) }
      resumes = true
      _ = try body.readPreSharedKeyIdentities()
      try body.finish()
    case .sessionTicket:
      break
    case .encryptedClientHello:
      // The outer form is random but for the type and the suite; the inner one has no more than its type.
      guard body.peek() == 0 else { return try keep(body.remaining, of: &body) }
      try keep(5, of: &body)
      try body.skip(1)
      note(try body.slice(prefixedBy: UInt16.self).remaining)
      note(try body.slice(prefixedBy: UInt16.self).remaining)
      try body.finish()
    default:
      try keep(body.remaining, of: &body)
    }
  }

  /// A length or type of at most 16 bits.
  private mutating func note(_ number: Int) {
    bytes.append(UInt8(truncatingIfNeeded: number >> 8))
    bytes.append(UInt8(truncatingIfNeeded: number))
  }

  private mutating func keep(_ count: Int, of cursor: inout ByteCursor) throws(ParseError) {
    var part = try cursor.slice(count)
    part.append(to: &bytes)
  }

  private mutating func keep<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    prefixedBy length: Length.Type, of cursor: inout ByteCursor
  ) throws(ParseError) {
    let part = try cursor.slice(prefixedBy: length)
    note(part.remaining)
    var rest = part
    rest.append(to: &bytes)
  }
}
