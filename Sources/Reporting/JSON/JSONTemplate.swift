/// JSON whose numbers are left out, to be filled in again and again: what connections have in common is copied as it
/// stands, in a few large pieces.
struct JSONTemplate: Sendable {
  /// What stands between the numbers, one behind the other.
  fileprivate var bytes: [UInt8]
  /// Where the numbers go.
  fileprivate var holes: [Int]

  /// What `write` writes, with holes where it writes numbers.
  init(_ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    writer.holes = []
    write(&writer)
    bytes = writer.bytes
    holes = writer.holes ?? []
  }

  /// Room for what comes out of it.
  fileprivate var capacity: Int { bytes.count + holes.count * JSONWriter.longestNumber }
}

extension JSONWriter {
  /// What the template holds, with these numbers in their order; null for those that are missing.
  ///
  /// It stands where a value may stand, or a member: like ``fragment(_:)``.
  mutating func fill<let count: Int>(_ template: borrowing JSONTemplate, _ numbers: InlineArray<count, Int?>) {
    separate()
    bytes.append(addingCapacity: template.capacity) { output in
      var start = 0
      for index in 0..<min(count, template.holes.count) {
        Self.copy(template.bytes, start..<template.holes[index], to: &output)
        start = template.holes[index]
        if let number = numbers[index] { Self.number(number, to: &output) } else { Self.append("null", to: &output) }
      }
      Self.copy(template.bytes, start..<template.bytes.count, to: &output)
    }
    needsComma = true
  }

  @inline(__always)
  private static func copy(_ source: borrowing [UInt8], _ range: Range<Int>, to output: inout OutputSpan<UInt8>) {
    let piece = source.span.extracting(range)
    unsafe piece.withUnsafeBufferPointer { unsafe append($0, to: &output) }
  }
}
