internal import Bytes
import NetworkValues

extension TCPHeader {
  /// Reads the header and moves behind its options, as far as they were captured. The header has to end before `wireEnd`;
  /// `end` tells where it does.
  @inline(__always)
  init(parsing cursor: inout ByteCursor, wireEnd: Int, end: inout Int) throws(ParseError) {
    let start = cursor.offset
    sourcePort = try cursor.read()
    destinationPort = try cursor.read()
    sequenceNumber = SequenceNumber(rawValue: try cursor.read())
    acknowledgmentNumber = SequenceNumber(rawValue: try cursor.read())
    let length = Int(try cursor.read(UInt8.self) >> 4) &* 4
    flags = TCPFlags(rawValue: try cursor.read())
    window = try cursor.read()
    try cursor.skip(4)
    maximumSegmentSize = 0
    windowScale = nil
    end = start &+ length
    guard length >= 20, end <= wireEnd else {
      throw ParseError(.invalid("data offset \(length)"), at: start, field: "TCP")
    }
    if length > 20 {
      var options = try cursor.slice(min(length &- 20, cursor.remaining))
      if flags.contains(.syn) { readOptions(&options) }
    }
  }

  /// Looks for options 2 and 3; a broken option ends the search, as it does in every stack.
  mutating func readOptions(_ options: inout ByteCursor) {
    do throws(ParseError) {
      while !options.isAtEnd {
        switch try options.read(UInt8.self) {
        case 0: return
        case 1: continue
        case let kind:
          let length = Int(try options.read(UInt8.self))
          switch (kind, length) {
          case (2, 4): maximumSegmentSize = try options.read()
          case (3, 3): windowScale = try options.read()
          default: try options.skip(length &- 2)
          }
        }
      }
    } catch {}
  }
}
