public import NetworkValues

/// Moments as clock times of one place: what a reader holds beside logs, other captures and memory.
public struct Clock: Sendable {
  /// Seconds east of UTC at a moment, in seconds since 1970: summer time comes and goes.
  private let offset: @Sendable (Int64) -> Int

  /// The clock of everybody.
  public static let utc = Clock { _ in 0 }

  /// - Parameter offset: seconds east of UTC at a moment, in seconds since 1970.
  public init(offset: @escaping @Sendable (Int64) -> Int) { self.offset = offset }

  /// `2026-11-24 23:13:51.043 +01:00`, or `UTC` in place of the offset.
  public func text(_ moment: Timestamp) -> String {
    let (seconds, milliseconds) = Self.parts(of: moment)
    let east = offset(seconds)
    let local = CivilTime(secondsSinceEpoch: seconds &+ Int64(east))
    return "\(local.date) \(local.time).\(CivilTime.padded(milliseconds, to: 3)) \(Self.name(ofOffset: east))"
  }

  /// `23:13:51.043`.
  public func timeOfDay(_ moment: Timestamp) -> String {
    let (seconds, milliseconds) = Self.parts(of: moment)
    let local = CivilTime(secondsSinceEpoch: seconds &+ Int64(offset(seconds)))
    return "\(local.time).\(CivilTime.padded(milliseconds, to: 3))"
  }

  /// Both are counted upwards, before 1970 too.
  private static func parts(of moment: Timestamp) -> (seconds: Int64, milliseconds: Int) {
    let (quotient, rest) = moment.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest < 0 ? (quotient - 1, Int((rest + 1_000_000_000) / 1_000_000)) : (quotient, Int(rest / 1_000_000))
  }

  private static func name(ofOffset seconds: Int) -> String {
    guard seconds != 0 else { return "UTC" }
    let minutes = Int(seconds.magnitude / 60)
    return "\(seconds < 0 ? "-" : "+")\(CivilTime.padded(minutes / 60)):\(CivilTime.padded(minutes % 60))"
  }
}
