/// Durations for sentences.
enum Seconds {
  /// As in `1.2 s`, `350 ms` or `80 µs`: cut off, never rounded up.
  static func text(_ seconds: Double) -> String {
    if seconds < 0.001 { return "\(Int(max(0, seconds) * 1_000_000)) µs" }
    if seconds < 1 { return "\(Int(seconds * 1000)) ms" }
    let tenths = Int(min(seconds, 1e9) * 10)
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
