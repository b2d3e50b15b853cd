/// How TLS 1.2 and earlier compress records, RFC 3749 and the IANA registry "TLS Compression Method Identifiers".
public struct CompressionMethod: CodePoint {
  /// The number that IANA assigned.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}
