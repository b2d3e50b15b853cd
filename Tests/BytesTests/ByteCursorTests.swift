import Bytes
import Testing

@Suite struct ByteCursorTests {
  @Test func readsBigEndianIntegersInTurn() throws {
    try [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07].withCursor { cursor throws(ParseError) in
      #expect(try cursor.read(UInt8.self) == 1)
      #expect(try cursor.read(UInt16.self) == 0x0203)
      #expect(try cursor.readUInt24() == 0x04_0506)
      #expect(cursor.offset == 6)
      #expect(cursor.remaining == 1)
    }
  }

  @Test func aReadPastTheEndSaysWhatItNeededAndDoesNotMove() throws {
    [0xaa, 0xbb].withCursor { cursor in
      #expect(throws: ParseError(.truncated(needed: 4, available: 2), at: 0)) { try cursor.read(UInt32.self) }
      #expect(cursor.offset == 0)
    }
  }

  @Test func aNegativeCountIsRefused() {
    [0xaa].withCursor { cursor in
      #expect(throws: ParseError.self) { try cursor.readBytes(-1) }
      #expect(throws: ParseError.self) { try cursor.skip(Int.min) }
    }
  }

  @Test func aSliceKeepsOffsetsOfTheWholeMessage() throws {
    try [0x00, 0x02, 0x11, 0x22, 0x33].withCursor { cursor throws(ParseError) in
      var body = try cursor.slice(prefixedBy: UInt16.self)
      #expect(body.remaining == 2)
      _ = try body.read(UInt8.self)
      do throws(ParseError) { _ = try body.read(UInt16.self) } catch {
        #expect(error == ParseError(.truncated(needed: 2, available: 1), at: 3))
      }
      #expect(cursor.offset == 4)
      #expect(cursor.peek() == 0x33)
    }
  }

  @Test func aPrefixLongerThanItsContainerIsRefused() {
    [0x05, 0x01].withCursor { (cursor: inout ByteCursor) -> Void in
      #expect(throws: ParseError(.truncated(needed: 5, available: 1), at: 1)) {
        try cursor.readBytes(prefixedBy: UInt8.self)
      }
    }
  }

  @Test func finishRefusesLeftovers() throws {
    [0x01].withCursor { (cursor: inout ByteCursor) -> Void in
      #expect(throws: ParseError(.trailingBytes(1), at: 0, field: "body")) { try cursor.finish("body") }
    }
  }

  @Test func littleEndianSwapsAndRestBorrowsTheRemainder() throws {
    try [0x34, 0x12, 0xff].withCursor { cursor throws(ParseError) in
      #expect(try cursor.readLittleEndian(UInt16.self) == 0x1234)
      #expect(cursor.rest.byteCount == 1)
      #expect(cursor.readRemaining() == [0xff])
      let isAtEnd = cursor.isAtEnd
      #expect(isAtEnd)
      #expect(cursor.readRemaining().isEmpty)
    }
  }

  @Test func errorsReadAsSentences() {
    let error = ParseError(.truncated(needed: 2, available: 1), at: 38, field: "cipher_suites")
    #expect(error.description == "cipher_suites at byte 38: needs 2 bytes, has 1")
  }
}
