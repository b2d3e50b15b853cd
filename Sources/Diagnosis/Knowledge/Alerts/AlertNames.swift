public import TLSProtocol

/// Alerts by name, as programs and people spell them.
public enum AlertNames {
  /// The alert of a name in any spelling: case, spaces, underscores and hyphens do not matter, and the prefixes of
  /// OpenSSL's texts (`sslv3 alert`, `tlsv1 alert`) and of Go's are known.
  public static func alert(named text: some StringProtocol) -> AlertDescription? {
    let key = folded(text)
    guard !key.isEmpty else { return nil }
    return byName[key]
  }

  /// `48`, `0x30`; nil where the text is no number of an alert.
  static func number(_ text: String) -> UInt8? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt8(text.dropFirst(2), radix: 16) }
    return UInt8(text)
  }

  /// Letters and digits in lower case, at most 48 of them.
  static func folded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8.prefix(96) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      default: continue
      }
    }
    return String(decoding: bytes.prefix(48), as: UTF8.self)
  }

  private static let byName: [String: AlertDescription] = {
    var names: [String: AlertDescription] = [:]
    for alert in Alerts.all { names[folded(alert.description.name)] = alert.description }
    for stack in StackProfile.all {
      for (name, alert) in stack.alertSpellings { names[folded(name)] = alert }
    }
    return names
  }()
}

extension String {
  /// Without spaces and control bytes at either end.
  func trimmingSpaces() -> String {
    var view = self[...]
    while let first = view.unicodeScalars.first, first.value <= 0x20 { view = view.dropFirst() }
    while let last = view.unicodeScalars.last, last.value <= 0x20 { view = view.dropLast() }
    return String(view)
  }
}
