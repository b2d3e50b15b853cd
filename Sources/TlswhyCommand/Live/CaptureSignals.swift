import Glibc
import PacketCapture
import Synchronization

/// What signals ask of a live capture, or of the reading of a pipe: INT, TERM and HUP end it, USR1 asks for statistics.
///
/// A second request to end takes the signal's own course: whoever presses Ctrl-C twice does not want to wait.
enum CaptureSignals {
  private static let stopDescriptor = Atomic<Int32>(-1)
  private static let stopSignal = Atomic<Int32>(0)
  private static let statisticsRequests = Atomic<Int>(0)

  /// The signal that ended the capture; 0 where none did.
  static var received: Int32 { stopSignal.load(ordering: .relaxed) }

  /// Whether statistics were asked for since the last call.
  static func takeStatisticsRequest() -> Bool { statisticsRequests.exchange(0, ordering: .relaxed) > 0 }

  /// From here on signals end the capture that `stopper` belongs to, and writing to a closed pipe is an error.
  ///
  /// - Parameter tellsStatistics: whether USR1 keeps its meaning; else it is left to the system.
  static func handle(stopping stopper: CaptureStopper, tellsStatistics: Bool = true) {
    stopSignal.store(0, ordering: .relaxed)
    stopDescriptor.store(stopper.descriptor, ordering: .releasing)
    signal(SIGPIPE, SIG_IGN)
    // Whoever started this program may have blocked them, and that is inherited.
    var numbers = sigset_t()
    unsafe sigemptyset(&numbers)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGUSR1] where tellsStatistics || number != SIGUSR1 {
      unsafe sigaddset(&numbers, number)
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    // nohup ignores hangups on purpose. Shells ignore interrupts for what a script starts in the background, which is no
    // reason to be deaf to kill -INT: tcpdump is not either.
    for number in [SIGINT, SIGTERM, SIGHUP] where number != SIGHUP || !isIgnored(number) {
      signal(number) { number in CaptureSignals.stop(number) }
    }
    guard tellsStatistics else { return }
    signal(SIGUSR1) { _ in CaptureSignals.statisticsRequests.wrappingAdd(1, ordering: .relaxed) }
  }

  private static func stop(_ number: Int32) {
    guard stopSignal.exchange(number, ordering: .relaxed) == 0 else {
      signal(number, SIG_DFL)
      raise(number)
      return
    }
    CaptureStopper.stop(stopDescriptor.load(ordering: .acquiring))
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
