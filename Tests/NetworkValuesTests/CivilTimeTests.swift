import NetworkValues
import Testing

@Suite struct CivilTimeTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    (-62_135_596_800, "0001-01-01T00:00:00Z"),
  ])
  func secondsBecomeDates(seconds: Int64, text: String) {
    let time = CivilTime(secondsSinceEpoch: seconds)
    #expect(time.rfc3339 == text)
    let days = CivilTime.daysSinceEpoch(year: Int(time.year), month: time.month, day: time.day)
    #expect(days * 86_400 + time.secondOfDay == Int(seconds))
  }

  @Test func theEdgesOfTimeDoNotTrap() {
    #expect(CivilTime(secondsSinceEpoch: .max).rfc3339.hasSuffix("Z"))
    #expect(CivilTime(secondsSinceEpoch: .min).rfc3339.hasPrefix("-"))
  }

  @Test func monthsHaveTheirDays() {
    #expect((1...12).map { CivilTime.days(inMonth: $0, of: 2023) }.reduce(0, +) == 365)
    #expect([1900, 2000, 2023, 2024].map { CivilTime.days(inMonth: 2, of: $0) } == [28, 29, 28, 29])
  }
}
