/// Unpacks compressed certificates (RFC 8879). The protocol room links no compression library: whoever has one plugs it
/// in.
public protocol CertificateDecompressor: Sendable {
  /// The unpacked bytes, `length` of them; nil where the algorithm is not supported or the data is broken. Must not
  /// produce more than `length` bytes: the data is hostile.
  func decompress(_ data: [UInt8], algorithm: CertificateCompressionAlgorithm, length: Int) -> [UInt8]?
}
