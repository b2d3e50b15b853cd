import TLSProtocol
import Testing

@testable import CertificateCompression

struct CertificateUnpackerTests {
  private static let streams: [(CertificateCompressionAlgorithm, [UInt8])] = [
    (.zlib, Streams.zlib), (.brotli, Streams.brotli), (.zstd, Streams.zstd),
  ]
  private let unpacker = CertificateUnpacker()

  @Test(arguments: streams)
  func everyRegisteredAlgorithmUnpacks(_ algorithm: CertificateCompressionAlgorithm, _ data: [UInt8]) {
    #expect(unpacker.decompress(data, algorithm: algorithm, length: Streams.plain.count) == Streams.plain)
  }

  @Test(arguments: streams)
  func anotherLengthThanPromisedIsRefused(_ algorithm: CertificateCompressionAlgorithm, _ data: [UInt8]) {
    for length in [0, 1, Streams.plain.count - 1, Streams.plain.count + 1, .max] {
      #expect(unpacker.decompress(data, algorithm: algorithm, length: length) == nil)
    }
  }

  @Test(arguments: streams)
  func cutAndChangedStreamsAreRefusedOrHarmless(_ algorithm: CertificateCompressionAlgorithm, _ data: [UInt8]) {
    for count in 0..<data.count {
      #expect(
        unpacker.decompress(Array(data.prefix(count)), algorithm: algorithm, length: Streams.plain.count)
          != Streams.plain)
    }
    for index in data.indices {
      var changed = data
      changed[index] ^= 0x55
      let result = unpacker.decompress(changed, algorithm: algorithm, length: Streams.plain.count)
      #expect(result == nil || result?.count == Streams.plain.count)
    }
  }

  @Test(arguments: [
    (CertificateCompressionAlgorithm.brotli, Streams.brotliBomb), (.zstd, Streams.zstdBomb),
  ])
  func aBombGetsNoMoreRoomThanItsMessagePromises(_ algorithm: CertificateCompressionAlgorithm, _ data: [UInt8]) {
    #expect(unpacker.decompress(data, algorithm: algorithm, length: 4096) == nil)
    #expect(unpacker.decompress(data, algorithm: algorithm, length: 4 << 20) == nil)
  }

  @Test func unknownAlgorithmsAreLeftAlone() {
    let unknown = CertificateCompressionAlgorithm(rawValue: 4)
    #expect(unpacker.decompress(Streams.zlib, algorithm: unknown, length: Streams.plain.count) == nil)
  }
}
