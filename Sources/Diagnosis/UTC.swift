import NetworkValues

/// Moments in UTC for sentences: `2026-11-24 03:12:00 UTC`.
enum UTC {
  /// - Parameter seconds: Since 1970; what lies beyond the years 1 to 9999 is told as their end.
  static func text(_ seconds: Int64) -> String {
    CivilTime(secondsSinceEpoch: min(max(seconds, -62_135_596_800), 253_402_300_799)).sentence
  }
}
