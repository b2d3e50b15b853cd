#if canImport(Glibc)
  import CAllocator
  import Glibc
#endif

/// The C library's allocator.
enum Allocator {
  /// Memory that was freed is kept for what comes next: bursts of connections come and go, and giving it back to the
  /// system each time costs more than all else that the system does for us. The peak stays what it is.
  static func keepFreedMemory() {
    #if canImport(Glibc)
      _ = mallopt(M_TRIM_THRESHOLD, 256 << 20)
      _ = mallopt(M_MMAP_THRESHOLD, Int32(largestChunk))
    #endif
  }

  /// Larger pieces of memory come from the system each on its own.
  private static let largestChunk = 8 << 20

  /// Makes room for what the calling thread will allocate. Memory of threads but the first grows by a few pages at a time
  /// otherwise, with a call of the system each. Only addresses are taken: memory is when it is used.
  static func makeRoomForThread() {
    #if canImport(Glibc)
      let small = UnsafeMutableRawBufferPointer.allocate(byteCount: smallPart, alignment: 16)
      takeRoom(chunks: 4, isFirst: true)
      unsafe skipToLargePage(behind: small)
      unsafe small.deallocate()
    #endif
  }

  #if canImport(Glibc)
    private static func takeRoom(chunks: Int, isFirst: Bool) {
      guard chunks > 0 else { return }
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: largestChunk - (1 << 20), alignment: 16)
      if isFirst { unsafe preferLargePages(chunk) }
      takeRoom(chunks: chunks - 1, isFirst: false)
      unsafe chunk.deallocate()
    }

    /// Who needs no more than this is served in small pages; a large one would be wasted on them.
    private static let smallPart = 3 << 19
    private static let largePage = 2 << 20

    /// Has memory come in large pages where the system has such: who needs much takes a few faults instead of a thousand.
    /// A page must not have been touched before.
    private static func preferLargePages(_ memory: UnsafeMutableRawBufferPointer) {
      guard let base = memory.baseAddress else { return }
      let start = unsafe base.alignedUp(toMultipleOf: largePage)
      _ = unsafe madvise(start, memory.count - (start - base), MADV_HUGEPAGE)
    }

    /// Takes for good, and never touches, what lies between some memory and the next large page, but for the few bytes in
    /// which the allocator notes what follows.
    private static func skipToLargePage(behind memory: UnsafeMutableRawBufferPointer) {
      guard let base = memory.baseAddress else { return }
      let end = unsafe base + memory.count
      let gap = unsafe end.alignedUp(toMultipleOf: largePage) - end - 64
      if gap > 0 { _ = UnsafeMutableRawBufferPointer.allocate(byteCount: gap, alignment: 16) }
    }
  #endif
}
