import Dispatch

/// Where threads wait until all of them are there.
final class StartLine: Sendable {
  private let missing = DispatchGroup()

  init(threads: Int) {
    for _ in 0..<threads { missing.enter() }
  }

  func wait() {
    missing.leave()
    missing.wait()
  }
}
