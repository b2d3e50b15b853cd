#if canImport(Glibc)
  import CAllocator
#endif

/// The C library's allocator.
enum Allocator {
  /// Memory that was freed is kept for what comes next: bursts of connections come and go, and giving it back to the
  /// system each time costs more than all else that the system does for us. The peak stays what it is.
  static func keepFreedMemory() {
    #if canImport(Glibc)
      _ = mallopt(M_TRIM_THRESHOLD, 256 << 20)
      _ = mallopt(M_MMAP_THRESHOLD, 8 << 20)
    #endif
  }
}
