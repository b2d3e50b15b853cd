import NetworkValues

/// The header of a .pcap file (draft-ietf-opsawg-pcap §4), as far as reading its records needs it.
struct PcapFormat {
  static let headerLength = 24
  static let usualRecordHeaderLength = 16
  /// libpcap's MAXIMUM_SNAPLEN: a longer record is damage, unless the header announces longer ones.
  static let usualLimit = 262_144

  var isBigEndian: Bool
  /// Nanoseconds in a unit of a timestamp's fraction.
  var fractionUnit: Int64
  var recordHeaderLength: Int
  var linkType: LinkType
  var snapLength: Int

  /// The most bytes that a record may hold.
  let frameLimit: Int
  /// Records have the usual header, with its least significant bytes first.
  let isUsual: Bool

  /// Recognises the four bytes that a .pcap begins with, then reads its 24-byte header.
  init?(_ header: RawSpan) {
    let magic = FieldReader(header, isBigEndian: true).uint32(at: 0)
    switch magic {
    case 0xa1b2_c3d4, 0xd4c3_b2a1: (fractionUnit, recordHeaderLength) = (1000, 16)
    case 0xa1b2_3c4d, 0x4d3c_b2a1: (fractionUnit, recordHeaderLength) = (1, 16)
    // Kuznetzov's modified tcpdump: interface, protocol and packet type behind each record's header.
    case 0xa1b2_cd34, 0x34cd_b2a1: (fractionUnit, recordHeaderLength) = (1000, 24)
    default: return nil
    }
    isBigEndian = magic >> 24 == 0xa1
    let fields = FieldReader(header, isBigEndian: isBigEndian)
    snapLength = Int(fields.uint32(at: 16))
    // The highest six bits tell how long a frame check sequence each frame ends with.
    linkType = LinkType(rawValue: fields.uint32(at: 20) & 0x03ff_ffff)
    frameLimit =
      snapLength > Self.usualLimit && snapLength <= PcapngFormat.blockLimit ? snapLength : Self.usualLimit
    isUsual = !isBigEndian && recordHeaderLength == Self.usualRecordHeaderLength
  }

  /// Reads a record's header (§5); where the frame stands is for the caller to say.
  @inline(__always)
  func record(_ header: borrowing FieldReader) -> FrameRecord {
    // 2^32 seconds are 4.3 * 10^18 ns: no overflow.
    let nanoseconds =
      Int64(header.uint32(at: 0)) &* 1_000_000_000 &+ Int64(header.uint32(at: 4)) &* fractionUnit
    return FrameRecord(
      timestamp: Timestamp(nanoseconds: nanoseconds), linkType: linkType, interface: 0,
      originalLength: Int(header.uint32(at: 12)), start: 0, count: Int(header.uint32(at: 8)))
  }
}
