internal import Bytes

/// Looks ahead where no field says what follows: does an IP packet stand here whose lengths fit its place?
enum Plausibility {
  /// An IP header whose length field stays within what the outer header allows.
  static func isIP(_ cursor: ByteCursor, wireEnd: Int) -> Bool {
    guard let first = cursor.peek(), let third = cursor.peek(2), let fourth = cursor.peek(3) else { return false }
    let available = wireEnd &- cursor.offset
    switch first >> 4 {
    case 4:
      let headerLength = Int(first & 0x0F) &* 4
      let total = Int(third) << 8 | Int(fourth)
      return headerLength >= 20 && total >= headerLength && total <= available
    case 6:
      guard let fifth = cursor.peek(4), let sixth = cursor.peek(5) else { return false }
      return (Int(fifth) << 8 | Int(sixth)) &+ 40 <= available
    default: return false
    }
  }

  /// An Ethernet header, with or without VLAN tags, before such an IP header.
  static func isEthernetWithIP(_ cursor: ByteCursor, wireEnd: Int) -> Bool {
    var inner = cursor
    do throws(ParseError) {
      try inner.skip(12)
      for _ in 0..<4 {
        switch try inner.read(UInt16.self) {
        case 0x8100, 0x88A8, 0x9100, 0x9200: try inner.skip(2)
        case 0x0800, 0x86DD: return isIP(inner, wireEnd: wireEnd)
        default: return false
        }
      }
    } catch {}
    return false
  }
}
