import ArgumentParser

/// A span of time on the command line: `90`, `90s`, `5m`, `1.5h`, `1d`.
struct TimeSpan: ExpressibleByArgument {
  var seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    guard let (number, unit) = splitNumber(argument), number.isFinite, number >= 0 else { return nil }
    switch unit.lowercased() {
    case "", "s": seconds = number
    case "ms": seconds = number / 1000
    case "m", "min": seconds = number * 60
    case "h": seconds = number * 3600
    case "d": seconds = number * 86_400
    default: return nil
    }
    guard seconds <= 1e9 else { return nil }
  }

  var duration: Duration { .milliseconds(Int64(seconds * 1000)) }
  var defaultValueDescription: String { seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s" }
}

/// A number of bytes on the command line: `500000`, `500K`, `100M`, `2G` (powers of 1024).
struct ByteCount: ExpressibleByArgument {
  var bytes: Int

  init?(argument: String) {
    guard let (number, unit) = splitNumber(argument), number.isFinite, number > 0 else { return nil }
    var text = unit.lowercased()
    if text.hasSuffix("b") { text.removeLast() }
    if text.hasSuffix("i") { text.removeLast() }
    let factors = ["": 1.0, "k": 1024, "m": 1_048_576, "g": 1_073_741_824]
    guard let factor = factors[text], number * factor < 1e15 else { return nil }
    bytes = Int(number * factor)
  }
}

/// When `--rotate` begins a new file: a size (`100M`) or a span of time (`10m`, `1h`).
///
/// `m` alone is ambiguous; a capital `M` is megabytes, a small `m` minutes.
struct RotationLimit: ExpressibleByArgument {
  var size: Int?
  var time: TimeSpan?

  init?(argument: String) {
    guard let (_, unit) = splitNumber(argument) else { return nil }
    if ["s", "m", "min", "h", "d"].contains(unit) {
      guard let span = TimeSpan(argument: argument), span.seconds >= 1 else { return nil }
      time = span
    } else {
      guard let count = ByteCount(argument: argument) else { return nil }
      size = count.bytes
    }
  }
}

/// `1.5h` as 1.5 and `h`.
private func splitNumber(_ text: String) -> (number: Double, unit: String)? {
  let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
  guard let number = Double(digits) else { return nil }
  return (number, String(text.dropFirst(digits.count)))
}
