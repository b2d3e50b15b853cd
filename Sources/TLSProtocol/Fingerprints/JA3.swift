// JA3 and JA3S, as Salesforce published them and Wireshark computes them: numbers in decimal and in wire order, dashes
// within a list, commas between lists, GREASE left out.

extension ClientHello {
  /// Version, suites, extensions, groups and point formats: `771,4865-4866,0-23-65281,29-23,0`.
  public var ja3: String { ja3Text.string }

  /// The MD5 hash of `ja3` in hex: the form in which JA3 is looked up.
  public var ja3Hash: String { ja3Text.md5 }

  /// ``ja3`` and ``ja3Hash``, for the price of one.
  public var ja3AndHash: (text: String, hash: String) {
    let text = ja3Text
    return (text.string, text.md5)
  }

  private var ja3Text: FingerprintText {
    let types = extensionTypes
    let length = (cipherSuites.count &+ types.count &+ supportedGroups.count &+ 4) &* 6
    var text = FingerprintText(capacity: length)
    text.append(decimal: legacyVersion.rawValue)
    text.append(",")
    text.append(decimals: cipherSuites.lazy.filter { !$0.isGREASE }.map(\.rawValue))
    text.append(",")
    text.append(decimals: types.lazy.filter { !$0.isGREASE }.map(\.rawValue))
    text.append(",")
    text.append(decimals: supportedGroups.lazy.filter { !$0.isGREASE }.map(\.rawValue))
    text.append(",")
    text.append(decimals: ecPointFormats.lazy.map(UInt16.init))
    return text
  }
}

extension ServerHello {
  /// Version, suite and extensions: `771,4865,43-51`.
  public var ja3s: String { ja3sText.string }

  /// The MD5 hash of `ja3s` in hex: the form in which JA3S is looked up.
  public var ja3sHash: String { ja3sText.md5 }

  private var ja3sText: FingerprintText {
    let types = extensionTypes
    var text = FingerprintText(capacity: (types.count &+ 2) &* 6)
    text.append(decimal: legacyVersion.rawValue)
    text.append(",")
    text.append(decimal: cipherSuite.rawValue)
    text.append(",")
    text.append(decimals: types.lazy.filter { !$0.isGREASE }.map(\.rawValue))
    return text
  }
}
