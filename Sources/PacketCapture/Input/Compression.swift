/// Compressions that a program of their own undoes; gzip is undone here.
enum Compression: String, CaseIterable {
  case bzip2, lz4, xz, zstd

  /// What a compressed file begins with.
  var signature: [UInt8] {
    switch self {
    case .bzip2: [0x42, 0x5a, 0x68]
    case .lz4: [0x04, 0x22, 0x4d, 0x18]
    case .xz: [0xfd, 0x37, 0x7a, 0x58]
    case .zstd: [0x28, 0xb5, 0x2f, 0xfd]
    }
  }

  /// The program's name; all of them understand `-dc`.
  var program: String { rawValue }
}
