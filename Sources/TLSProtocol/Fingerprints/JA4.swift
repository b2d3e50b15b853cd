/// What carries a ClientHello, as JA4's first letter tells it.
public enum JA4Transport: Hashable, Sendable, CaseIterable {
  case tcp, quic, dtls

  fileprivate var letter: Unicode.Scalar {
    switch self {
    case .tcp: "t"
    case .quic: "q"
    case .dtls: "d"
    }
  }
}

// JA4, as FoxIO specifies it: a readable part, the hash of the sorted suites, and the hash of the sorted extensions with
// the signature algorithms in wire order. GREASE is left out everywhere.

extension ClientHello {
  /// `t13d1516h2_8daaf6152771_e5627efa2ab1`.
  public func ja4(transport: JA4Transport) -> String {
    var text = ja4Header(transport: transport)
    text.append("_")
    text.append(ja4Suites.truncatedSHA256)
    text.append("_")
    text.append(ja4Extensions.truncatedSHA256)
    return text.string
  }

  /// JA4 with its lists in place of their hashes: JA4_r.
  public func ja4Raw(transport: JA4Transport) -> String {
    var text = ja4Header(transport: transport)
    text.append("_")
    text.append(ja4Suites)
    text.append("_")
    text.append(ja4Extensions)
    return text.string
  }

  /// Transport, version, whether a name was asked for, how many suites and extensions, and the first protocol of ALPN.
  private func ja4Header(transport: JA4Transport) -> FingerprintText {
    var text = FingerprintText(capacity: 40)
    text.append(transport.letter)
    let version = ja4Version
    text.append(version.0)
    text.append(version.1)
    text.append(has(.serverName) ? "d" : "i")
    text.append(count: cipherSuites.count { !$0.isGREASE })
    text.append(count: extensionTypes.count { !$0.isGREASE })
    appendFirstApplicationProtocol(to: &text)
    return text
  }

  /// The highest version offered, in two characters. DTLS counts downwards.
  private var ja4Version: (Unicode.Scalar, Unicode.Scalar) {
    let offered = supportedVersions.lazy.filter { !$0.isGREASE }
    let highest =
      legacyVersion.isDTLS ? offered.min { $0.rawValue < $1.rawValue } : offered.max { $0.rawValue < $1.rawValue }
    return switch (highest ?? legacyVersion).rawValue {
    case 0x0304: ("1", "3")
    case 0x0303: ("1", "2")
    case 0x0302: ("1", "1")
    case 0x0301: ("1", "0")
    case 0x0300: ("s", "3")
    case 0x0002: ("s", "2")
    case 0xfeff: ("d", "1")
    case 0xfefd: ("d", "2")
    case 0xfefc: ("d", "3")
    default: ("0", "0")
    }
  }

  /// The first and last character of the first protocol; of its bytes in hex, where either is no ASCII letter or digit;
  /// `00` where there is none.
  private func appendFirstApplicationProtocol(to text: inout FingerprintText) {
    guard let (first, last) = firstApplicationProtocolEnds else {
      text.append(count: 0)
      return
    }
    if first.isASCIIAlphanumeric && last.isASCIIAlphanumeric {
      text.append(Unicode.Scalar(first))
      text.append(Unicode.Scalar(last))
    } else {
      var hexadecimal = FingerprintText(capacity: 4)
      hexadecimal.append(hexadecimal: first)
      hexadecimal.append(hexadecimal: last)
      if let start = hexadecimal.bytes.first, let end = hexadecimal.bytes.last {
        text.append(Unicode.Scalar(start))
        text.append(Unicode.Scalar(end))
      }
    }
  }

  /// Read from the extension's bytes (RFC 7301 §3.1): the decoded names have lost what is not UTF-8.
  private var firstApplicationProtocolEnds: (UInt8, UInt8)? {
    let place = shape.fields.extensions.first { $0.type == .applicationLayerProtocolNegotiation }
    guard let body = [place].compactMap(\.self).cut(from: bytes.extensions).first?.body else { return nil }
    let name = body.dropFirst(2)
    guard let length = name.first.map(Int.init) else { return nil }
    let bytes = name.dropFirst().prefix(length)
    guard let first = bytes.first, let last = bytes.last else { return nil }
    return (first, last)
  }

  private var ja4Suites: FingerprintText {
    let suites = cipherSuites.lazy.filter { !$0.isGREASE }.map(\.rawValue).sorted()
    var text = FingerprintText(capacity: suites.count &* 5)
    text.append(hexadecimals: suites)
    return text
  }

  /// The name and the protocols are in the readable part already, so their extensions are left out here.
  private var ja4Extensions: FingerprintText {
    let types =
      extensionTypes
      .filter { !$0.isGREASE && $0 != .serverName && $0 != .applicationLayerProtocolNegotiation }
      .map(\.rawValue).sorted()
    var text = FingerprintText(capacity: (types.count &+ signatureSchemes.count) &* 5)
    text.append(hexadecimals: types)
    let schemes = signatureSchemes.filter { !$0.isGREASE }
    if !types.isEmpty && !schemes.isEmpty {
      text.append("_")
      text.append(hexadecimals: schemes.lazy.map(\.rawValue))
    }
    return text
  }
}

extension UInt8 {
  fileprivate var isASCIIAlphanumeric: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
