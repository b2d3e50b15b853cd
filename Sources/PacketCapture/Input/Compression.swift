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

  /// The program's name.
  var program: String { rawValue }

  /// The most memory that undoing a compression may take, in megabytes (2^20 bytes): what `xz -9` and `zstd --long` files
  /// need, and no more, since a small file may ask for gigabytes.
  static let memoryLimit = 128

  /// Arguments with which the program decompresses its standard input to its standard output, within ``memoryLimit`` where
  /// the file decides how much memory that takes. bzip2 and lz4 never need more than some megabytes.
  var arguments: [String] {
    switch self {
    case .bzip2, .lz4: ["-dc"]
    case .xz: ["-dc", "--threads=1", "--memlimit-decompress=\(Self.memoryLimit)MiB"]
    case .zstd: ["-dc", "--memory=\(Self.memoryLimit)MB"]
    }
  }
}
