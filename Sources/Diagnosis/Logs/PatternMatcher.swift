/// Finds many texts at once in one pass over the bytes (Aho and Corasick, 1975), whatever their case, `_` and space
/// alike. The table is built once; a byte costs one lookup, however many texts there are.
struct PatternMatcher: Sendable {
  /// Next state by state and byte class.
  private let next: [UInt16]
  /// The class of each byte: bytes that no text holds share class 0.
  private let classes: [UInt8]
  private let classCount: Int
  /// The texts that end in each state, as indices.
  private let endings: [[UInt16]]
  private let hasEnding: [Bool]

  static let start: UInt16 = 0

  init(_ texts: [String]) {
    let patterns = texts.map { $0.utf8.map(Self.fold) }
    var classes = [UInt8](repeating: 0, count: 256)
    var classCount = 1
    for byte in Set(patterns.joined()).sorted() where classCount < 255 {
      classes[Int(byte)] = UInt8(classCount)
      classCount += 1
    }
    for byte in 0..<256 { classes[byte] = classes[Int(Self.fold(UInt8(byte)))] }

    var children: [[UInt8: Int]] = [[:]]
    var endings: [[UInt16]] = [[]]
    for (index, pattern) in patterns.enumerated() where !pattern.isEmpty {
      var state = 0
      for byte in pattern {
        let key = classes[Int(byte)]
        if let child = children[state][key] {
          state = child
        } else {
          children.append([:])
          endings.append([])
          children[state][key] = children.count - 1
          state = children.count - 1
        }
      }
      endings[state].append(UInt16(index))
    }

    var next = [UInt16](repeating: 0, count: children.count * classCount)
    var failure = [Int](repeating: 0, count: children.count)
    var queue: [Int] = []
    for (key, child) in children[0] {
      next[Int(key)] = UInt16(child)
      queue.append(child)
    }
    var position = 0
    while position < queue.count {
      let state = queue[position]
      position += 1
      endings[state] += endings[failure[state]]
      for key in 0..<classCount {
        let fallback = next[failure[state] * classCount + key]
        if let child = children[state][UInt8(key)] {
          next[state * classCount + key] = UInt16(child)
          failure[child] = Int(fallback)
          queue.append(child)
        } else {
          next[state * classCount + key] = fallback
        }
      }
    }
    self.next = next
    self.classes = classes
    self.classCount = classCount
    self.endings = endings
    hasEnding = endings.map { !$0.isEmpty }
  }

  /// The state after one more byte.
  func advance(_ state: UInt16, _ byte: UInt8) -> UInt16 {
    next[Int(state) &* classCount &+ Int(classes[Int(byte)])]
  }

  /// Whether any text ends here.
  func isEnding(_ state: UInt16) -> Bool { hasEnding[Int(state)] }

  /// The indices of the texts that end here.
  func matches(_ state: UInt16) -> [UInt16] { endings[Int(state)] }

  /// Lower case, and `_` as a space.
  static func fold(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "_"): UInt8(ascii: " ")
    default: byte
    }
  }
}
