import Glibc

/// Descriptors 0 to 2, of which whoever starts this program may have closed some (`2>&-`).
enum StandardDescriptors {
  /// Fills gaps, or the next files that are opened would take these numbers, and messages would go into them. Reading and
  /// writing fail there as they do where nothing is open.
  static func fill() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The lowest free number is taken: this one.
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
