import NetworkValues

/// Numbers with units, as short as they stay useful.
enum Measures {
  /// `0.02 ms`, `12.3 ms`, `850 ms`, `5.02 s`, `12 min 4 s`.
  static func duration(nanoseconds: Int64) -> String {
    let sign = nanoseconds < 0 ? "-" : ""
    let microseconds = nanoseconds.magnitude / 1000
    switch microseconds {
    case ..<9_995: return sign + decimal(microseconds, unit: 1000, places: 2) + " ms"
    case ..<99_950: return sign + decimal(microseconds, unit: 1000, places: 1) + " ms"
    case ..<999_500: return sign + decimal(microseconds, unit: 1000, places: 0) + " ms"
    case ..<9_995_000: return sign + decimal(microseconds, unit: 1_000_000, places: 2) + " s"
    case ..<120_000_000: return sign + decimal(microseconds, unit: 1_000_000, places: 1) + " s"
    default: return sign + "\(microseconds / 60_000_000) min \(microseconds / 1_000_000 % 60) s"
    }
  }

  /// `512 bytes`, `14.2 kB`, `3.1 MB`.
  static func bytes(_ count: UInt64) -> String {
    switch count {
    case 1: return "1 byte"
    case ..<10_000: return grouped(count) + " bytes"
    case ..<1_000_000: return decimal(count, unit: 1000, places: 1) + " kB"
    case ..<1_000_000_000: return decimal(count, unit: 1_000_000, places: 1) + " MB"
    default: return decimal(count, unit: 1_000_000_000, places: 1) + " GB"
    }
  }

  /// `1,204`.
  static func grouped(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
  }

  /// `1 record`, `4 records`.
  static func count(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

  /// `value / unit`, rounded to `places` decimals.
  private static func decimal(_ value: UInt64, unit: UInt64, places: Int) -> String {
    var scale: UInt64 = 1
    for _ in 0..<places { scale *= 10 }
    // Splitting off the whole units first keeps the product small.
    var whole = value / unit
    var part = (value % unit * scale + unit / 2) / unit
    if part >= scale {
      whole += 1
      part = 0
    }
    return places == 0 ? "\(whole)" : "\(whole)." + CivilTime.padded(Int(clamping: part), to: places)
  }
}
