#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the terminal can show.
enum Terminal {
  static var isOutputTerminal: Bool { isatty(1) == 1 }
  static var isErrorTerminal: Bool { isatty(2) == 1 }
  static var canMoveCursor: Bool { environment("TERM").map { !$0.isEmpty && $0 != "dumb" } ?? false }

  /// Cells of a line: the terminal's, else COLUMNS, else 80 or what a narrower terminal behind a pipe has.
  static var width: Int {
    var size = winsize()
    if isOutputTerminal, unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return max(40, Int(size.ws_col))
    }
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return min(max(40, columns), 400) }
    // Behind a pager the terminal is narrow as well; a file needs no more than 80.
    return isErrorTerminal ? max(40, min(errorWidth, 80)) : 80
  }

  /// Cells of a line on standard error: the terminal's, else 80.
  static var errorWidth: Int {
    var size = winsize()
    guard unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// NO_COLOR (https://no-color.org) and a dumb terminal rule colour out.
  static var allowsColor: Bool {
    isOutputTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
  }

  /// Arrows and rules need UTF-8; a locale that says otherwise gets ASCII.
  static var showsUnicode: Bool {
    guard
      let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap({ environment($0) }).first(where: { !$0.isEmpty })
    else {
      return !isOutputTerminal
    }
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
