import NetworkValues

/// Reads UTCTime and GeneralizedTime (X.680 §46, §47) into seconds since 1970 UTC.
///
/// RFC 5280 §4.1.2.5 allows one form of each; every form of X.680 is read, because clients differ in which they accept.
enum ASN1Time {
  struct Reading: Hashable {
    var seconds: Int64
    /// The form is the one that RFC 5280 demands: seconds given, no fraction, `Z`.
    var isProfiled: Bool
  }

  static func read(_ content: Span<UInt8>, tag: DERTag) -> Reading? {
    guard content.count <= 32 else { return nil }
    var digits = Digits(content)
    var isProfiled = true
    let year: Int
    if tag == .utcTime {
      guard let twoDigits = digits.pair() else { return nil }
      year = twoDigits + (twoDigits >= 50 ? 1900 : 2000)
    } else {
      guard let century = digits.pair(), let twoDigits = digits.pair() else { return nil }
      year = century * 100 + twoDigits
    }
    guard let month = digits.pair(), let day = digits.pair(), let hour = digits.pair() else { return nil }
    let minute = digits.pair()
    let second = minute == nil ? nil : digits.pair()
    if second == nil { isProfiled = false }
    if digits.skipFraction() { isProfiled = false }
    guard let offset = digits.zone(isProfiled: &isProfiled), digits.isAtEnd else { return nil }
    guard (1...12).contains(month), day >= 1, day <= CivilTime.days(inMonth: month, of: year), hour <= 23,
      (minute ?? 0) <= 59,
      (second ?? 0) <= 60
    else { return nil }
    let seconds = Int64(hour * 3600 + (minute ?? 0) * 60 + (second ?? 0) - offset)
    return Reading(
      seconds: Int64(CivilTime.daysSinceEpoch(year: year, month: month, day: day)) * 86400 + seconds,
      isProfiled: isProfiled)
  }

  private struct Digits: ~Escapable {
    private let content: Span<UInt8>
    private var position = 0

    @_lifetime(copy content)
    init(_ content: Span<UInt8>) { self.content = content }

    var isAtEnd: Bool { position >= content.count }
    private var octet: UInt8 { isAtEnd ? 0 : content[position] }

    /// Two digits, or nil without moving.
    mutating func pair() -> Int? {
      guard content.count - position >= 2 else { return nil }
      let (high, low) = (content[position] &- 48, content[position + 1] &- 48)
      guard high <= 9, low <= 9 else { return nil }
      position += 2
      return Int(high) * 10 + Int(low)
    }

    /// Skips `.` or `,` and digits; whether there was something to skip.
    mutating func skipFraction() -> Bool {
      guard octet == UInt8(ascii: ".") || octet == UInt8(ascii: ",") else { return false }
      position += 1
      while !isAtEnd, octet &- 48 <= 9 { position += 1 }
      return true
    }

    /// Seconds east of UTC: `Z`, `+hhmm`, `-hhmm`, or nothing (local time, read as UTC).
    mutating func zone(isProfiled: inout Bool) -> Int? {
      if octet == UInt8(ascii: "Z") {
        position += 1
        return 0
      }
      isProfiled = false
      guard !isAtEnd else { return 0 }
      let sign = octet == UInt8(ascii: "+") ? 1 : octet == UInt8(ascii: "-") ? -1 : 0
      position += 1
      guard sign != 0, let hours = pair(), let minutes = pair(), hours <= 23, minutes <= 59 else { return nil }
      return sign * (hours * 3600 + minutes * 60)
    }
  }
}
