#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the file system says of a path.
enum SystemFile {
  static func isRegular(_ path: String) -> Bool { mode(of: path) == S_IFREG }
  static func isFolder(_ path: String) -> Bool { mode(of: path) == S_IFDIR }

  /// What tells a regular file or folder from every other, by whatever path it is named; nil for anything else.
  struct Identity: Hashable {
    var device: UInt64
    var number: UInt64
  }

  static func identity(_ path: String) -> Identity? {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    let kind = facts.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return nil }
    return Identity(device: UInt64(facts.st_dev), number: UInt64(facts.st_ino))
  }

  /// Bytes; nil for what is no regular file.
  static func size(_ path: String) -> Int? {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(facts.st_size)
  }

  /// The names in a folder, sorted; nil where it cannot be read.
  static func names(in folder: String) -> [String]? {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func mode(of path: String) -> mode_t {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return 0 }
    return facts.st_mode & S_IFMT
  }
}
