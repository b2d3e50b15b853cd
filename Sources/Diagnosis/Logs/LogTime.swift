import NetworkValues

/// The time at the head of a log line, in the forms that the stacks write.
struct LogTime: Hashable, Sendable {
  var timestamp: Timestamp
  var isZoneKnown: Bool

  /// Looks into the first bytes of a line: ISO 8601 with `T` or a space, `2026/11/23 20:57:59` (nginx, Go),
  /// `23/Nov/2026:20:57:59.123` (HAProxy), `Mon Nov 23 20:57:59.123456 2026` (Apache), `Nov 23, 2026 8:57:59 PM`
  /// (Java).
  init?(_ line: [UInt8]) {
    var scanner = Scanner(bytes: Array(line.prefix(160)))
    guard let time = scanner.find() else { return nil }
    self = time
  }

  init(timestamp: Timestamp, isZoneKnown: Bool) { (self.timestamp, self.isZoneKnown) = (timestamp, isZoneKnown) }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func find() -> LogTime? {
      var start = 0
      while start < bytes.count {
        defer { start += 1 }
        let isWordStart = start == 0 || !Self.isWord(bytes[start - 1])
        guard isWordStart, Self.isWord(bytes[start]) else { continue }
        let isDigit = (0x30...0x39).contains(bytes[start])
        position = start
        if isDigit, let time = numericDate() { return time }
        position = start
        if isDigit, let time = logDate() { return time }
        position = start
        if !isDigit, let time = namedMonth() { return time }
      }
      return nil
    }

    /// `2026-11-23T20:57:59.421Z`, `2026/11/23 20:57:59`.
    private mutating func numericDate() -> LogTime? {
      guard let year = number(digits: 4), let separator = any("-/"), let month = number(digits: 2), take(separator),
        let day = number(digits: 2), any("T ") != nil
      else { return nil }
      return clock(year, month, day)
    }

    /// `23/Nov/2026:20:57:59.123`.
    private mutating func logDate() -> LogTime? {
      guard let day = number(digits: 2), take(UInt8(ascii: "/")), let month = month(), take(UInt8(ascii: "/")),
        let year = number(digits: 4), take(UInt8(ascii: ":"))
      else { return nil }
      return clock(year, month, day)
    }

    /// `Nov 23 20:57:59.123456 2026`, `Nov 23, 2026 8:57:59 PM`.
    private mutating func namedMonth() -> LogTime? {
      guard let month = month(), take(0x20) else { return nil }
      while take(0x20) {}
      guard let day = number() else { return nil }
      if take(UInt8(ascii: ",")) {
        guard take(0x20), let year = number(digits: 4), take(0x20) else { return nil }
        return clock(year, month, day)
      }
      guard take(0x20) else { return nil }
      let clockStart = position
      while position < bytes.count, bytes[position] != 0x20 { position += 1 }
      guard take(0x20), let year = number(digits: 4) else { return nil }
      position = clockStart
      return clock(year, month, day)
    }

    /// Hours to fractions of a second, then a zone where one is written.
    private mutating func clock(_ year: Int, _ month: Int, _ day: Int) -> LogTime? {
      guard var hour = number(), take(UInt8(ascii: ":")), let minute = number(digits: 2), take(UInt8(ascii: ":")),
        let second = number(digits: 2), hour < 24, minute < 60, second <= 60, (1...12).contains(month),
        (1...31).contains(day), (1970...2200).contains(year)
      else { return nil }
      var nanoseconds = 0
      if any(".,") != nil {
        var scale = 100_000_000
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
          nanoseconds += Int(bytes[position] - 0x30) * scale
          scale /= 10
          position += 1
        }
      }
      let afterClock = position
      _ = take(0x20)
      if hour <= 12, let half = any("AP"), take(UInt8(ascii: "M")) {
        hour = hour % 12 + (half == UInt8(ascii: "P") ? 12 : 0)
      } else {
        position = afterClock
      }
      let zone = zone()
      let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
      let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - (zone ?? 0)
      return LogTime(
        timestamp: Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(nanoseconds)), isZoneKnown: zone != nil
      )
    }

    /// Seconds east of Greenwich: `Z`, ` UTC`, ` GMT`, `+01:00`, ` +0100`; nil where none is written.
    private mutating func zone() -> Int? {
      _ = take(0x20)
      let rest = bytes[position...].prefix(3)
      if rest.first == UInt8(ascii: "Z") || rest.elementsEqual("UTC".utf8) || rest.elementsEqual("GMT".utf8) {
        return 0
      }
      guard let sign = any("+-"), let hours = number(digits: 2) else { return nil }
      _ = take(UInt8(ascii: ":"))
      guard let minutes = number(digits: 2), hours < 15, minutes < 60 else { return nil }
      return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes) * 60
    }

    private mutating func number(digits: Int? = nil) -> Int? {
      var value = 0
      var count = 0
      while position < bytes.count, (0x30...0x39).contains(bytes[position]), count < (digits ?? 2) {
        value = value * 10 + Int(bytes[position] - 0x30)
        position += 1
        count += 1
      }
      return digits.map { $0 == count } ?? (count > 0) ? value : nil
    }

    private mutating func month() -> Int? {
      guard position + 3 <= bytes.count else { return nil }
      let name = UInt32(bytes[position]) << 16 | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2])
      guard let index = Self.months.firstIndex(of: name) else { return nil }
      position += 3
      return index + 1
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }

    private mutating func any(_ choices: String) -> UInt8? {
      guard position < bytes.count, choices.utf8.contains(bytes[position]) else { return nil }
      position += 1
      return bytes[position - 1]
    }

    /// `Jan` to `Dec`, three bytes each.
    private static let months: [UInt32] = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    .map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

    private static func isWord(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
  }
}
