/// A TLS version as it stands on the wire: 0x0303 is TLS 1.2 (RFC 8446 §4.1.2); drafts and TLCP included.
public struct ProtocolVersion: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// TLS 1.3 or DTLS 1.3, or one of the drafts and experiments that were deployed before them: 0x7f00 to 0x7f1c,
  /// Google's 0x7e01 to 0x7e03, Facebook's 0xfb17 and 0xfb1a.
  public var isTLS13: Bool {
    switch rawValue {
    case 0x0304, 0xfefc, 0x7f00...0x7fff, 0x7e01...0x7e03, 0xfb17, 0xfb1a: true
    default: false
    }
  }

  /// DTLS counts downwards from 0xfeff; 0x0100 is what OpenSSL sent for DTLS 1.0 before 0.9.8f.
  public var isDTLS: Bool { rawValue >> 8 == 0xfe || rawValue == 0x0100 }

  /// The name for people: `TLS 1.3`, `TLS 1.3 (draft 23)`, `SSL 3.0`; hex where the number has no name.
  public var displayName: String { name }
}
