import Synchronization

/// How far reading has come: a line on a terminal once it has taken a second, gone when it is done.
final class Progress: Sendable {
  private struct State {
    /// Bytes read of each file.
    var read: [String: Int] = [:]
    var lastDrawn: ContinuousClock.Instant
  }

  private let state: Mutex<State>
  private let start = ContinuousClock.now
  /// Bytes of all files; nil where one has no known size.
  private let total: Int?
  private let isShown: Bool

  private static let patience = Duration.seconds(1)
  private static let interval = Duration.milliseconds(100)

  init(_ paths: [String], isShown: Bool) {
    self.isShown = isShown
    var sum: Int? = 0
    if isShown {
      for path in paths {
        let size = SystemFile.size(path)
        sum = sum.flatMap { sum in size.map { sum + $0 } }
      }
    }
    total = sum
    state = Mutex(State(lastDrawn: start))
  }

  /// Notes that `bytes` of a file were read so far.
  func note(_ path: String, _ bytes: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let line: String? = state.withLock { state in
      state.read[path] = bytes
      guard now - start >= Self.patience, now - state.lastDrawn >= Self.interval else { return nil }
      state.lastDrawn = now
      return Self.line(read: state.read.values.reduce(0, +), of: total, after: now - start)
    }
    if let line { Output.show(status: line) }
  }

  func end() {
    if isShown { Output.show(status: "") }
  }

  /// `412 MB of 1.1 GB, 37 %, 310 MB/s, 3 s left`
  static func line(read: Int, of total: Int?, after elapsed: Duration) -> String {
    let seconds = max(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18, 0.001)
    let rate = Double(read) / seconds
    guard let total, total > 0 else { return "\(size(Double(read))), \(size(rate))/s" }
    let left = max(0, Double(total - read)) / max(rate, 1)
    return "\(size(Double(read))) of \(size(Double(total))), \(min(100, read * 100 / total)) %, \(size(rate))/s, "
      + "\(span(left)) left"
  }

  private static func size(_ bytes: Double) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = bytes
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    guard unit > 0, value < 10 else { return "\(Int(value)) \(units[unit])" }
    return "\(Double(Int(value * 10)) / 10) \(units[unit])"
  }

  private static func span(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 360_000))
    return whole < 120 ? "\(whole) s" : whole < 7200 ? "\(whole / 60) min" : "\(whole / 3600) h"
  }
}
