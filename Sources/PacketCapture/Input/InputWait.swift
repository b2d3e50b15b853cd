import Glibc

/// Waits for what is no regular file to bring more.
struct InputWait {
  private let live: LiveInput?
  /// Whether it is told that nothing comes; not to a reader who could not begin again where it was.
  var tellsQuiet = false
  /// When reading ends that was asked to stop.
  private var deadline: ContinuousClock.Instant?

  /// Ctrl-C goes to whoever writes to the pipe too: that program hands over what it still holds, and ends.
  private static let grace = Duration.milliseconds(250)

  init(_ live: LiveInput?) { self.live = live }

  /// Somebody asked to end the reading: what comes last may be a part of something.
  var isStopped: Bool { deadline != nil }

  /// Waits until the descriptor has bytes, an end or an error to be read; false where reading was asked to stop.
  mutating func untilReadable(_ descriptor: Int32, path: String) throws(CaptureError) -> Bool {
    while true {
      if let deadline, ContinuousClock.now >= deadline { return false }
      let stop = isStopped ? -1 : live?.stopper.descriptor ?? -1
      var descriptors = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&descriptors, UInt(descriptors.count), timeout)
      guard count >= 0 || errno == EINTR else { throw CaptureError(.unreadable(SystemError.text(errno)), path: path) }
      if count > 0, descriptors[1].revents != 0 {
        deadline = .now + Self.grace
      } else if count > 0 {
        return true
      } else if count == 0, !isStopped {
        throw CaptureError(.quiet, path: path)
      }
    }
  }

  /// In milliseconds, as poll(2) takes it.
  private var timeout: Int32 {
    if let deadline { return (deadline - .now).wholeMilliseconds }
    return tellsQuiet ? live?.patience?.wholeMilliseconds ?? -1 : -1
  }
}

extension Duration {
  /// Rounded up, not below 0, for a timeout of the system.
  var wholeMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    return Int32(clamping: max(max(seconds, 0) &* 1000 &+ attoseconds / 1_000_000_000_000_000 &+ 1, 0))
  }
}
