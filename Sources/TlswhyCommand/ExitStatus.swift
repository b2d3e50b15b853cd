#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the program's exit code says.
enum ExitStatus: Int32, Error {
  case success = 0
  /// Failures, or a divergence, were found.
  case found = 1
  case usage = 2
  case inputUnreadable = 3
  case notPermitted = 4
  /// As shells say that Ctrl-C ended a program.
  case interrupted = 130

  func leave() -> Never {
    // A command line that was refused has not begun to write.
    if self == .usage { Output.flush() } else { Output.finish() }
    exit(rawValue)
  }
}

/// An error that ends the run with one line on standard error.
struct Failure: Error {
  var status: ExitStatus
  var message: String

  init(_ status: ExitStatus, _ message: String) { (self.status, self.message) = (status, message) }
}
