#if canImport(Glibc)
  import CGlibc
  import Glibc
#else
  import Darwin
#endif

/// The machine's processors.
enum Processors {
  /// How many this process may use.
  static var count: Int {
    #if canImport(Glibc)
      let allowed = AffinityMask.ofThread()?.processors.count ?? 0
      if allowed > 0 { return allowed }
    #endif
    return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}

#if canImport(Glibc)
  /// A set of processors.
  private struct AffinityMask {
    private var set = cpu_set_t()

    /// Only `processor`.
    init(_ processor: Int) {
      unsafe withUnsafeMutableBytes(of: &set) { bits in
        if processor / 8 < bits.count { unsafe bits[processor / 8] = 1 << UInt8(processor % 8) }
      }
    }

    private init() {}

    /// Where the calling thread may run.
    static func ofThread() -> Self? {
      var mask = Self()
      return unsafe sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &mask.set) == 0 ? mask : nil
    }

    /// Has the calling thread run on these processors alone.
    func applyToThread() {
      unsafe withUnsafePointer(to: set) { set in
        _ = unsafe sched_setaffinity(0, MemoryLayout<cpu_set_t>.size, set)
      }
    }

    var processors: [Int] {
      unsafe withUnsafeBytes(of: set) { bits in
        (0..<bits.count * 8).filter { unsafe bits[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
      }
    }
  }
#endif

/// A processor of its own for one of as many threads as there are processors, as long as nobody else wants it.
///
/// A virtual machine's processor that has nothing to do may have none beneath it. The system takes such a one for busy
/// and wakes a thread where another is running; and two that wait for each other now and then stay together for long,
/// since only one of them can run at a time.
struct ProcessorSeat: ~Copyable {
  #if canImport(Glibc)
    /// Where the thread might run before; nil once it may again.
    private var everywhere: AffinityMask?
    private var schedule: ThreadSchedule?
    /// How long the thread had waited, and when that was.
    private var waited = Duration.zero
    private var time = ContinuousClock.now
    private var calls = 0

    /// How many calls there are to a look.
    private static let callsPerLook = 16

    /// Seats the calling thread, one of `threads` that are numbered from 0.
    init(thread number: Int, of threads: Int) {
      guard let everywhere = AffinityMask.ofThread(), let schedule = ThreadSchedule() else { return }
      let allowed = everywhere.processors
      guard allowed.count == threads, allowed.indices.contains(number), let waited = schedule.waited else { return }
      AffinityMask(allowed[number]).applyToThread()
      (self.everywhere, self.schedule, self.waited) = (everywhere, schedule, waited)
    }

    deinit { everywhere?.applyToThread() }

    /// Gives the seat up where the thread has to wait for it: others use the processor too, and the system knows better
    /// then. Cheap enough to be called every few hundred microseconds.
    mutating func leaveIfCrowded() {
      calls += 1
      guard calls >= Self.callsPerLook else { return }
      calls = 0
      guard let everywhere, let waited = schedule?.waited else { return }
      let now = ContinuousClock.now
      if waited - self.waited > (now - time) / 4 {
        everywhere.applyToThread()
        self.everywhere = nil
        schedule = nil
      }
      (self.waited, time) = (waited, now)
    }
  #else
    init(thread number: Int, of threads: Int) {}
    mutating func leaveIfCrowded() {}
  #endif
}

#if canImport(Glibc)
  /// What the system has noted of how the calling thread ran.
  private final class ThreadSchedule {
    private let descriptor: Int32

    init?() {
      descriptor = unsafe open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)
      if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// How long it could have run but had no processor.
    var waited: Duration? {
      let text = unsafe withUnsafeTemporaryAllocation(byteCount: 80, alignment: 1) { room in
        let count = unsafe pread(descriptor, room.baseAddress, room.count, 0)
        return unsafe String(decoding: room.prefix(max(count, 0)), as: UTF8.self)
      }
      let numbers = text.split(separator: " ")
      return numbers.count > 1 ? Int64(numbers[1]).map { .nanoseconds($0) } : nil
    }
  }
#endif
