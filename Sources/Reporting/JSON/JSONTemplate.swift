/// JSON of which only the numbers change from one time to the next: what stands between them is copied, not written anew.
struct JSONTemplate<let count: Int>: Sendable {
  /// The texts in a row, then room for copying them in words.
  let text: [UInt8]
  /// Where the text in front of each number ends.
  let ends: InlineArray<count, Int>
  /// Bytes of text.
  let length: Int

  /// Bytes that are copied at a time.
  static var wordLength: Int { 16 }

  /// The texts in front of each number, and the one behind the last.
  init(_ texts: InlineArray<count, [UInt8]>, _ last: [UInt8]) {
    var text: [UInt8] = []
    var ends = InlineArray<count, Int>(repeating: 0)
    for index in texts.indices {
      text += texts[index]
      ends[index] = text.count
    }
    text += last
    length = text.count
    self.text = text + [UInt8](repeating: 0, count: Self.wordLength)
    self.ends = ends
  }

  /// JSON in which each `#` stands for a number; there must be as many as the type says.
  init(_ pattern: StaticString) {
    let parts = pattern.description.utf8.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false)
    precondition(parts.count == count + 1, "\(parts.count - 1) numbers, not \(count)")
    self.init(InlineArray { index in Array(parts[index]) }, Array(parts[count]))
  }
}
