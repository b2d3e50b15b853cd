import Synchronization

/// What stands above the connections of one of several captures: it is written with the first thing that is told of it, and
/// not at all where nothing is.
final class CaptureHeading: Sendable {
  /// Set apart from what was told of other captures by an empty line.
  final class Separation: Sendable {
    fileprivate let isNeeded = Mutex(false)
  }

  private let text: Mutex<String>
  private let separation: Separation

  init(_ text: String, _ separation: Separation) {
    self.text = Mutex(text)
    self.separation = separation
  }

  /// Writes it, once.
  func write() {
    let text = self.text.withLock { text in
      defer { text = "" }
      return text
    }
    guard !text.isEmpty else { return }
    let isSeparate = separation.isNeeded.withLock { isNeeded in
      defer { isNeeded = true }
      return isNeeded
    }
    Output.write(isSeparate ? "\n" + text : text)
  }
}
