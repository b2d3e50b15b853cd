internal import CBrotli
internal import CZlib
internal import CZstd
public import TLSProtocol

/// Unpacks compressed certificates with every algorithm that RFC 8879 §7.3 registers.
///
/// The length that the message promises is all the room that a decoder gets, whatever its data would unpack to, and data
/// that does not fill it exactly is broken.
public struct CertificateUnpacker: CertificateDecompressor {
  /// More than this is never unpacked, whoever asks.
  static let limit = 1 << 20

  public init() {}

  public func decompress(
    _ data: [UInt8], algorithm: CertificateCompressionAlgorithm, length: Int
  ) -> [UInt8]? {
    guard length > 0, length <= Self.limit, !data.isEmpty else { return nil }
    var output = [UInt8](repeating: 0, count: length)
    let written =
      switch algorithm {
      case .zlib: Self.inflate(data, into: &output)
      case .brotli: Self.decodeBrotli(data, into: &output)
      case .zstd: Self.decodeZstd(data, into: &output)
      default: Int?.none
      }
    return written == length ? output : nil
  }

  /// Returns how many bytes came out; nil where they are too many or the data is no zlib stream (RFC 1950).
  private static func inflate(_ data: [UInt8], into output: inout [UInt8]) -> Int? {
    var count = UInt(output.count)
    let status = unsafe output.withUnsafeMutableBufferPointer { room in
      unsafe data.withUnsafeBufferPointer { bytes in
        unsafe uncompress(room.baseAddress, &count, bytes.baseAddress, UInt(bytes.count))
      }
    }
    return status == Z_OK ? Int(count) : nil
  }

  /// The same for a brotli stream (RFC 7932).
  private static func decodeBrotli(_ data: [UInt8], into output: inout [UInt8]) -> Int? {
    var count = output.count
    let status = unsafe output.withUnsafeMutableBufferPointer { room in
      unsafe data.withUnsafeBufferPointer { bytes in
        unsafe BrotliDecoderDecompress(bytes.count, bytes.baseAddress, &count, room.baseAddress)
      }
    }
    return status == BROTLI_DECODER_RESULT_SUCCESS ? count : nil
  }

  /// The same for zstd frames (RFC 8878).
  private static func decodeZstd(_ data: [UInt8], into output: inout [UInt8]) -> Int? {
    let result = unsafe output.withUnsafeMutableBufferPointer { room in
      unsafe data.withUnsafeBufferPointer { bytes in
        unsafe ZSTD_decompress(room.baseAddress, room.count, bytes.baseAddress, bytes.count)
      }
    }
    return ZSTD_isError(result) == 0 ? Int(exactly: result) : nil
  }
}
