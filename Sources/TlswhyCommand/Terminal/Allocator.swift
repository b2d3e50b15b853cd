#if canImport(Glibc)
  import CGlibc
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
      takeRoom(chunks: 4)
    #endif
  }

  #if canImport(Glibc)
    private static func takeRoom(chunks: Int) {
      guard chunks > 0 else { return }
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: largestChunk - (1 << 20), alignment: 16)
      takeRoom(chunks: chunks - 1)
      unsafe chunk.deallocate()
    }
  #endif
}
