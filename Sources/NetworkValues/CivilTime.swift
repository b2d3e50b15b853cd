/// A moment as a calendar date and time of day in UTC, by the proleptic Gregorian calendar.
public struct CivilTime: Sendable, Hashable {
  /// In the proleptic Gregorian calendar.
  public let year: Int64
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int
  /// Seconds since midnight.
  public let secondOfDay: Int

  /// - Parameter seconds: Since 1970-01-01 00:00:00 UTC.
  public init(secondsSinceEpoch seconds: Int64) {
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
  public var date: String {
    "\(year < 0 ? "-" : "")\(Self.padded(Int(clamping: year.magnitude), to: 4))-\(Self.padded(month))-\(Self.padded(day))"
  }

  /// `03:37:00`.
  public var time: String {
    "\(Self.padded(secondOfDay / 3600)):\(Self.padded(secondOfDay / 60 % 60)):\(Self.padded(secondOfDay % 60))"
  }

  /// RFC 3339 in UTC, `2026-11-24T03:37:00Z`.
  public var rfc3339: String { "\(date)T\(time)Z" }

  /// A number in decimal with zeros before it, as many as make it `width` digits long.
  public static func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// For sentences, `2026-11-24 03:37:00 UTC`.
  public var sentence: String { "\(date) \(time) UTC" }

  /// The days from 1970-01-01 to a date; negative for dates before. Days beyond a month's end count on into the next.
  ///
  /// - Parameters:
  ///   - year: Any year that a certificate or a log can write, 0 to 9999.
  ///   - month: 1 to 12.
  public static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    // Years that begin in March have their leap day last.
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = month > 2 ? month - 3 : month + 9
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (marchMonth * 153 + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The number of days in a month.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
