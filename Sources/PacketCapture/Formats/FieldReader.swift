/// Reads integers at fixed places of a header, in the byte order of the file.
///
/// A place that is not there reads as 0: a caller checks a header's length once, before it reads any of it.
struct FieldReader: ~Escapable {
  private let bytes: RawSpan
  private let isBigEndian: Bool

  @inline(__always)
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, isBigEndian: Bool) {
    self.bytes = bytes
    self.isBigEndian = isBigEndian
  }

  @inline(__always) var count: Int { bytes.byteCount }

  @inline(__always) func uint16(at offset: Int) -> UInt16 { integer(at: offset) }
  @inline(__always) func uint32(at offset: Int) -> UInt32 { integer(at: offset) }
  @inline(__always) func uint64(at offset: Int) -> UInt64 { integer(at: offset) }

  /// Copies bytes out; fewer than `count` where the header ends before them.
  func array(at offset: Int, count: Int) -> [UInt8] {
    guard offset >= 0, count > 0, offset < bytes.byteCount else { return [] }
    let end = offset &+ min(count, bytes.byteCount &- offset)
    return unsafe bytes.extracting(offset..<end).withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// Copies UTF-8 text out, up to a zero byte; what is not UTF-8 is repaired.
  func text(at offset: Int, count: Int) -> String {
    String(decoding: array(at: offset, count: count).prefix { $0 != 0 }, as: UTF8.self)
  }

  @inline(__always)
  private func integer<Integer: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Integer {
    guard offset >= 0, offset <= bytes.byteCount &- MemoryLayout<Integer>.size else { return 0 }
    let value = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Integer.self)
    return isBigEndian ? Integer(bigEndian: value) : Integer(littleEndian: value)
  }
}
