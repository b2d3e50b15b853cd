/// Times one operation after the other and prints a line for each.
struct Stopwatch {
  /// What operations return is added up here and printed at the end: so the compiler cannot leave them out.
  private(set) var sum = 0
  /// Only operations whose name holds this are timed.
  let wanted: String

  private static let batches = 25
  private static let batchTime = Duration.milliseconds(20)

  /// Times `operation`, which is to work `count` times and return something that depends on the work.
  ///
  /// Batches are made long enough that the clock does not matter. The fastest batch is the operation's cost; the median
  /// says how much else the machine had to do.
  mutating func time(_ name: String, _ operation: (_ count: Int) -> Int) {
    guard wanted.isEmpty || name.contains(wanted) else { return }
    let clock = ContinuousClock()
    var count = 1
    while true {
      let taken = clock.measure { sum &+= operation(count) }
      if taken >= Self.batchTime || count >= 1 << 30 { break }
      count &*= 2
    }
    var nanoseconds: [Double] = []
    for _ in 0..<Self.batches {
      let taken = clock.measure { sum &+= operation(count) }
      nanoseconds.append(taken / .nanoseconds(1) / Double(count))
    }
    nanoseconds.sort()
    print("\(padded(nanoseconds[0])) ns  \(padded(nanoseconds[Self.batches / 2])) ns  \(name)")
  }

  private func padded(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let text = "\(tenths / 10).\(tenths % 10)"
    return String(repeating: " ", count: max(0, 10 - text.utf8.count)) + text
  }
}
