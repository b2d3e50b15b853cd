/// The type of a handshake message, RFC 8446 §4 and the IANA registry "TLS HandshakeType".
public struct HandshakeType: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
