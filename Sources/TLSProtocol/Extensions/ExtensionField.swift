internal import Bytes

/// One thing that an extension says, ready to be shown: a field as its RFC names it, and its value. Values are printable
/// ASCII; every other byte that a peer sent is escaped.
public struct ExtensionField: Hashable, Sendable {
  /// The field's name, in the RFC's words.
  public var name: String
  /// Its value in words, escaped for a terminal.
  public var value: String
  public init(name: String, value: String) { (self.name, self.value) = (name, value) }
}

extension HelloExtension {
  /// What the extension says in this message: code points by name, text escaped, the rest in hex. Empty for an extension
  /// whose presence is all it says. A body that breaks its format is shown as far as it reads, then in hex.
  ///
  /// The same type has different bodies in different messages. A HelloRetryRequest is asked for by its own type (6),
  /// though it travels as a ServerHello.
  public func fields(in message: HandshakeType) -> [ExtensionField] {
    body.withCursor { cursor in
      var writer = ExtensionFieldWriter(message: message)
      do throws(ParseError) {
        try writer.write(type, &cursor)
        if !cursor.isAtEnd { writer.addBytes("unread", cursor.readRemaining()) }
      } catch {
        writer.add("malformed", "\(error)")
        writer.addBytes("data", Array(body))
      }
      return writer.fields
    }
  }
}

/// Collects the fields of one extension.
struct ExtensionFieldWriter {
  let message: HandshakeType
  private(set) var fields: [ExtensionField] = []

  /// Entries of a list that are written one by one; a hostile list may hold thousands.
  static let listLimit = 64

  init(message: HandshakeType) { self.message = message }

  /// The extension stands in a message that offers, not in an answer.
  var isOffer: Bool { message == .clientHello || message == .certificateRequest }

  mutating func add(_ name: String, _ value: String) { fields.append(ExtensionField(name: name, value: value)) }

  mutating func addNumber(_ name: String, _ value: some FixedWidthInteger) { add(name, "\(value)") }

  mutating func addBytes(_ name: String, _ bytes: [UInt8]) { add(name, DisplayText.hex(bytes)) }

  mutating func addText(_ name: String, _ bytes: [UInt8]) { add(name, DisplayText.escaped(bytes)) }

  /// Adds code points as one list, by name.
  mutating func addList(_ name: String, _ points: [some CodePoint]) {
    let names = points.prefix(Self.listLimit * 4).map(\.name).joined(separator: ", ")
    add(name, points.count > Self.listLimit * 4 ? "\(names), ... (\(points.count))" : names)
  }

  /// Adds one-byte values as one list, by the names that a small registry gives them.
  mutating func addList(_ name: String, _ values: [UInt8], names: [UInt8: String]) {
    add(name, values.map { Self.name($0, in: names) }.joined(separator: ", "))
  }

  static func name(_ value: UInt8, in names: [UInt8: String]) -> String {
    names[value] ?? DisplayText.hexadecimal(value)
  }

  /// Reads entries to the list's end and writes the first ``listLimit`` of them.
  mutating func forEachEntry(
    of list: inout ByteCursor,
    _ write: (inout ExtensionFieldWriter, inout ByteCursor) throws(ParseError) -> Void
  ) throws(ParseError) {
    var count = 0
    while !list.isAtEnd {
      guard count < Self.listLimit else {
        add("more", "\(list.remaining) bytes")
        return try list.skip(list.remaining)
      }
      try write(&self, &list)
      count += 1
    }
  }
}
