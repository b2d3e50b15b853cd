import Dispatch
import Synchronization

/// Where threads wait until all of them are there.
final class StartLine: Sendable {
  private let missing: Mutex<Int>
  private let threads: Int
  private let all = DispatchSemaphore(value: 0)

  init(threads: Int) {
    self.threads = threads
    missing = Mutex(threads)
  }

  func wait() {
    let isLast = missing.withLock { missing in
      missing -= 1
      return missing == 0
    }
    guard isLast else { return all.wait() }
    for _ in 1..<max(threads, 1) { all.signal() }
  }
}
