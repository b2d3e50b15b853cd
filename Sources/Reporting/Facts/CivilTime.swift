/// A moment as a calendar date and time of day in UTC, by the proleptic Gregorian calendar.
struct CivilTime {
  let year: Int64
  let month: Int
  let day: Int
  /// Seconds since midnight.
  let secondOfDay: Int

  init(secondsSinceEpoch seconds: Int64) {
    var days = seconds / 86_400
    var second = seconds % 86_400
    if second < 0 {
      second += 86_400
      days -= 1
    }
    // Counting years from March puts the leap day last, so that month lengths follow one formula.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    secondOfDay = Int(second)
  }

  /// `2026-11-24`.
  var date: String {
    "\(year < 0 ? "-" : "")\(Self.padded(Int(clamping: year.magnitude), to: 4))-\(Self.padded(month))-\(Self.padded(day))"
  }

  /// `03:37:00`.
  var time: String {
    "\(Self.padded(secondOfDay / 3600)):\(Self.padded(secondOfDay / 60 % 60)):\(Self.padded(secondOfDay % 60))"
  }

  /// RFC 3339 in UTC, `2026-11-24T03:37:00Z`.
  var rfc3339: String { "\(date)T\(time)Z" }

  static func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
