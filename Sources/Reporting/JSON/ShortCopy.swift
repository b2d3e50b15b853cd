/// Copies of few bytes in words that may overlap: for names a call costs more than the copying. The caller has made room.
enum ShortCopy {
  /// Copies a template's text in words, of which the last may reach beyond it at both places.
  @inline(__always)
  static func copyText(
    _ text: UnsafeRawPointer, from start: Int, to end: Int, at place: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var offset = start
    while offset < end {
      unsafe copyWord(UInt64.self, text + offset, to: place + (offset &- start), at: 0)
      unsafe copyWord(UInt64.self, text + offset, to: place + (offset &- start), at: 8)
      offset &+= 16
    }
    return unsafe place + (end &- start)
  }

  /// Copies few bytes in words that may overlap: for names a call costs more than the copying.
  @inline(__always)
  static func copy(_ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int) {
    switch count {
    case 8...16:
      unsafe copyWord(UInt64.self, source, to: target, at: 0)
      unsafe copyWord(UInt64.self, source, to: target, at: count &- 8)
    case 17...32:
      unsafe copyWord(UInt64.self, source, to: target, at: 0)
      unsafe copyWord(UInt64.self, source, to: target, at: 8)
      unsafe copyWord(UInt64.self, source, to: target, at: count &- 16)
      unsafe copyWord(UInt64.self, source, to: target, at: count &- 8)
    case 4...7:
      unsafe copyWord(UInt32.self, source, to: target, at: 0)
      unsafe copyWord(UInt32.self, source, to: target, at: count &- 4)
    default: unsafe target.copyMemory(from: source, byteCount: count)
    }
  }

  @inline(__always)
  static func copyWord<Word: FixedWidthInteger & BitwiseCopyable>(
    _: Word.Type, _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, at offset: Int
  ) {
    unsafe target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: offset, as: Word.self), toByteOffset: offset, as: Word.self)
  }
}
