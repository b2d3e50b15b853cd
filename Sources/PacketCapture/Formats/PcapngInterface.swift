import NetworkValues

/// What the reading of an interface's frames needs: its link type, snap length and clock.
struct PcapngInterface {
  var linkType: LinkType
  var snapLength: Int
  var resolution: TimestampResolution = .microseconds
  /// Seconds to add to each timestamp (`if_tsoffset`).
  var offsetSeconds: Int64 = 0

  @inline(__always)
  func timestamp(high: UInt32, low: UInt32) -> Timestamp {
    let units = UInt64(high) << 32 | UInt64(low)
    return Timestamp(nanoseconds: resolution.nanoseconds(units, offsetSeconds: offsetSeconds))
  }
}
