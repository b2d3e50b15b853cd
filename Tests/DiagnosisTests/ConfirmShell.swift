import Glibc

/// Runs bash for tests that prove commands by running them.
enum Shell {
  /// The standard output and error of a script; nil where it could not be started.
  static func run(_ script: String) -> String? {
    let quoted = "'" + script.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    guard let stream = unsafe popen("exec bash -c \(quoted) 2>&1", "r") else { return nil }
    var bytes: [UInt8] = []
    while true {
      let byte = unsafe fgetc(stream)
      if byte == EOF { break }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    _ = unsafe pclose(stream)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a program can be found.
  static func isAvailable(_ program: String) -> Bool {
    run("command -v \(program)")?.isEmpty == false
  }
}
