/// A TLS version as it stands on the wire: 0x0303 is TLS 1.2 (RFC 8446 §4.1.2); drafts and TLCP included.
public struct ProtocolVersion: CodePoint {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
