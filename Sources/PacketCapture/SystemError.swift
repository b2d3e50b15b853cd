import Glibc

/// What the system says of its errors.
public enum SystemError {
  /// The words for an error number; may be asked by any thread.
  public static func text(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: 256)
    return unsafe strerror_r(code, &text, text.count) == 0 ? messageText(text) : "error \(code)"
  }
}
