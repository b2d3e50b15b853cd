import CGlibc
import Glibc

/// The machine's processors.
enum Processors {
  /// How many this process may use.
  static var count: Int {
    var set = cpu_set_t()
    guard unsafe sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else {
      return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
    return max(1, unsafe withUnsafeBytes(of: set) { bits in unsafe bits.reduce(0) { $0 + $1.nonzeroBitCount } })
  }
}
