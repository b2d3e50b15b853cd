/// An object identifier (X.660) as its content octets, packed so that looking one up costs a single hash.
struct OID: Hashable, Sendable {
  /// The content octets in the low bytes, their count in the highest one; zero for identifiers over 15 octets, which
  /// no table here holds.
  let packed: UInt128

  init(content: Span<UInt8>) {
    guard content.count <= 15 else {
      packed = 0
      return
    }
    var value: UInt128 = 0
    for index in content.indices { value = value << 8 | UInt128(content[index]) }
    packed = value | UInt128(content.count) << 120
  }

  /// Encodes a dotted form such as `2.5.29.17`; for the tables of this target.
  init(_ dotted: StaticString) {
    var arcs: [UInt64] = []
    for part in "\(dotted)".split(separator: ".") { arcs.append(UInt64(part) ?? 0) }
    var octets: [UInt8] = []
    for (index, arc) in arcs.enumerated() where index > 0 {
      var rest = index == 1 ? arcs[0] &* 40 &+ arc : arc
      var group: [UInt8] = [UInt8(truncatingIfNeeded: rest & 0x7f)]
      rest >>= 7
      while rest > 0 {
        group.append(UInt8(truncatingIfNeeded: rest & 0x7f) | 0x80)
        rest >>= 7
      }
      octets.append(contentsOf: group.reversed())
    }
    self.init(content: octets.span)
  }

  /// The dotted form of content octets; hex where they are none, or longer than any sane identifier.
  static func dotted(_ content: Span<UInt8>) -> String {
    guard !content.isEmpty, content.count <= 64, content[content.count &- 1] & 0x80 == 0 else {
      return "0x" + hexadecimal(content, limit: 64)
    }
    var text = ""
    var arc: UInt64 = 0
    for index in content.indices {
      guard arc < 1 << 56 else { return "0x" + hexadecimal(content, limit: 64) }
      arc = arc << 7 | UInt64(content[index] & 0x7f)
      guard content[index] & 0x80 == 0 else { continue }
      if text.isEmpty {
        let root = min(arc / 40, 2)
        text = "\(root).\(arc &- root &* 40)"
      } else {
        text += ".\(arc)"
      }
      arc = 0
    }
    return text
  }
}

/// Lower-case hex of at most `limit` bytes; an ellipsis where there are more.
func hexadecimal(_ bytes: Span<UInt8>, limit: Int = .max) -> String {
  func digit(_ nibble: UInt8) -> UInt8 { nibble &+ (nibble < 10 ? 48 : 87) }
  var text: [UInt8] = []
  text.reserveCapacity(2 &* min(bytes.count, limit))
  for index in 0..<min(bytes.count, limit) {
    text.append(digit(bytes[index] >> 4))
    text.append(digit(bytes[index] & 0x0f))
  }
  return String(decoding: text, as: UTF8.self) + (bytes.count > limit ? "…" : "")
}
