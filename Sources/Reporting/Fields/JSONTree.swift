/// A JSON value that this program wrote itself, taken apart again to pick members by their paths.
indirect enum JSONTree {
  case object([(name: String, value: JSONTree)])
  case array([JSONTree])
  case text(String)
  /// A number, `true` or `false`, as it is written.
  case literal(String)
  case null

  /// Containers within each other: the report has fewer.
  private static let depthLimit = 64

  /// Nil where the bytes are no JSON.
  init?(_ bytes: some Collection<UInt8>) {
    var reader = Reader(bytes: Array(bytes))
    guard let value = reader.value(depth: 0) else { return nil }
    self = value
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpaces() {
      while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      skipSpaces()
      guard next == byte else { return false }
      place += 1
      return true
    }

    mutating func value(depth: Int) -> JSONTree? {
      guard depth < JSONTree.depthLimit else { return nil }
      if take(UInt8(ascii: "{")) { return object(depth) }
      if take(UInt8(ascii: "[")) { return array(depth) }
      if next == UInt8(ascii: "\"") { return string().map { .text($0) } }
      let start = place
      while let byte = next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]"),
        byte > 0x20
      {
        place += 1
      }
      guard place > start else { return nil }
      let word = String(decoding: bytes[start..<place], as: UTF8.self)
      return word == "null" ? .null : .literal(word)
    }

    private mutating func object(_ depth: Int) -> JSONTree? {
      var members: [(name: String, value: JSONTree)] = []
      if take(UInt8(ascii: "}")) { return .object(members) }
      repeat {
        skipSpaces()
        guard let name = string(), take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
        members.append((name, value))
      } while take(UInt8(ascii: ","))
      return take(UInt8(ascii: "}")) ? .object(members) : nil
    }

    private mutating func array(_ depth: Int) -> JSONTree? {
      var elements: [JSONTree] = []
      if take(UInt8(ascii: "]")) { return .array(elements) }
      repeat {
        guard let element = value(depth: depth + 1) else { return nil }
        elements.append(element)
      } while take(UInt8(ascii: ","))
      return take(UInt8(ascii: "]")) ? .array(elements) : nil
    }

    private mutating func string() -> String? {
      guard next == UInt8(ascii: "\"") else { return nil }
      place += 1
      var text: [UInt8] = []
      while let byte = next {
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let escaped = escape() else { return nil }
          text += escaped
        default: text.append(byte)
        }
      }
      return nil
    }

    private mutating func escape() -> [UInt8]? {
      guard let byte = next else { return nil }
      place += 1
      switch byte {
      case UInt8(ascii: "n"): return [0x0A]
      case UInt8(ascii: "r"): return [0x0D]
      case UInt8(ascii: "t"): return [0x09]
      case UInt8(ascii: "b"): return [0x08]
      case UInt8(ascii: "f"): return [0x0C]
      case UInt8(ascii: "u"): return codePoint().map { Array(String($0).utf8) }
      default: return [byte]
      }
    }

    /// What `\u` names, two of them where one is a surrogate.
    private mutating func codePoint() -> Unicode.Scalar? {
      guard let high = unit() else { return nil }
      guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
      guard next == UInt8(ascii: "\\"), place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "u") else {
        return nil
      }
      place += 2
      guard let low = unit(), (0xDC00..<0xE000).contains(low) else { return nil }
      return Unicode.Scalar(0x1_0000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func unit() -> UInt32? {
      guard place + 4 <= bytes.count else { return nil }
      defer { place += 4 }
      return UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    }
  }
}

extension JSONTree {
  /// The values at a path: of an array those of all elements, unless the path says which.
  func values(at path: ArraySlice<Substring>) -> [JSONTree] {
    guard let first = path.first else {
      if case .array(let elements) = self { return elements.flatMap { $0.values(at: path) } }
      return [self]
    }
    switch self {
    case .object(let members):
      return members.first { $0.name == first }?.value.values(at: path.dropFirst()) ?? []
    case .array(let elements):
      guard let index = Int(first) else { return elements.flatMap { $0.values(at: path) } }
      return elements.indices.contains(index) ? elements[index].values(at: path.dropFirst()) : []
    case .text, .literal, .null: return []
    }
  }

  /// A text as it is, a container as JSON without its texts' escapes for display.
  var plain: String {
    switch self {
    case .text(let text), .literal(let text): text
    case .null: ""
    case .array(let elements): elements.map(\.plain).joined(separator: ",")
    case .object(let members): members.map { "\($0.name)=\($0.value.plain)" }.joined(separator: " ")
    }
  }

  var isText: Bool { if case .text = self { true } else { false } }
}
