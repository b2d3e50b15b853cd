import Glibc

/// The system's words for an error number.
func systemErrorText(_ code: Int32) -> String {
  var text = [CChar](repeating: 0, count: 256)
  return unsafe strerror_r(code, &text, text.count) == 0 ? messageText(text) : "error \(code)"
}
