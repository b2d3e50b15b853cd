import Bytes
import Testing

@testable import TLSProtocol

/// Fragments become messages at a cost that follows from their bytes, however small they are.
@Suite struct DTLSHandshakeAssemblerTests {
  /// A fragment of one byte of a message of `length`.
  private func fragment(_ byte: UInt8, at offset: Int, of length: Int, sequence: UInt8 = 0) -> [UInt8] {
    func three(_ number: Int) -> [UInt8] { [UInt8(number >> 16), UInt8(number >> 8 & 0xff), UInt8(number & 0xff)] }
    return [11] + three(length) + [0, sequence] + three(offset) + three(1) + [byte]
  }

  private func insert(
    _ bytes: [UInt8], into assembler: inout DTLSHandshakeAssembler
  ) throws
    -> [DTLSHandshakeAssembler.Message]
  {
    try bytes.withCursor { try assembler.insert(parsing: &$0) }
  }

  // With a copy of the message for each fragment these are billions of bytes.
  @Test(.timeLimit(.minutes(1)), arguments: ["in order", "turned around in groups", "odd ones first in groups"])
  func aMessageInFragmentsOfOneByteIsReadOnce(order: String) throws {
    let body = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    // Farther out of order than this a real flight is not, and no more is kept waiting.
    var offsets = Array(body.indices)
    for start in stride(from: 0, to: offsets.count, by: 30) where order != "in order" {
      let group = start..<start + 30
      offsets.replaceSubrange(
        group,
        with: order.hasPrefix("odd")
          ? group.filter { $0 % 2 == 1 } + group.filter { $0 % 2 == 0 } : Array(group.reversed()))
    }
    var assembler = DTLSHandshakeAssembler()
    var messages: [DTLSHandshakeAssembler.Message] = []
    for offset in offsets {
      #expect(messages.isEmpty)
      messages += try insert(fragment(body[offset], at: offset, of: body.count), into: &assembler)
    }
    #expect(messages.count == 1)
    #expect(messages.first?.type == .certificate && messages.first?.body == body)
    // What comes again is a retransmission, and no message.
    #expect(try insert(fragment(body[0], at: 0, of: body.count), into: &assembler).isEmpty)
    #expect(assembler.retransmissions == 1)
  }

  @Test func aFragmentThatContradictsItsMessageIsRefused() throws {
    var assembler = DTLSHandshakeAssembler()
    #expect(try insert(fragment(1, at: 0, of: 2), into: &assembler).isEmpty)
    #expect(throws: ParseError.self) { try insert(fragment(1, at: 1, of: 3), into: &assembler) }
    #expect(throws: ParseError.self) { try insert(fragment(1, at: 2, of: 2), into: &assembler) }
    #expect(throws: ParseError.self) { try insert(fragment(1, at: 0, of: 0xff_ffff), into: &assembler) }
    #expect(try insert(fragment(2, at: 1, of: 2), into: &assembler).map(\.body) == [[1, 2]])
  }
}
