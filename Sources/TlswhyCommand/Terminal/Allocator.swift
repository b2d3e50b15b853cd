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
  static func makeRoomForThread() { takeRoom(chunks: 4, isFirst: true) }

  private static func takeRoom(chunks: Int, isFirst: Bool) {
    #if canImport(Glibc)
      guard chunks > 0 else { return }
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: largestChunk - (1 << 20), alignment: 16)
      if isFirst { unsafe preferLargePages(chunk) }
      takeRoom(chunks: chunks - 1, isFirst: false)
      unsafe chunk.deallocate()
    #endif
  }

  #if canImport(Glibc)
    /// Has memory come in pages of two megabytes where the system has such. A thread's memory begins at a multiple of that
    /// size: who needs little stays in the first small pages, and who needs more takes two faults instead of a thousand.
    private static func preferLargePages(_ memory: UnsafeMutableRawBufferPointer) {
      guard let base = memory.baseAddress else { return }
      let start = unsafe base.alignedUp(toMultipleOf: 4096)
      _ = unsafe madvise(start, memory.count - (start - base), MADV_HUGEPAGE)
    }
  #endif
}
