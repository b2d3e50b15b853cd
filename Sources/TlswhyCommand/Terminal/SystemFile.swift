#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the file system says of a path.
enum SystemFile {
  static func isRegular(_ path: String) -> Bool { kind(of: path) == S_IFREG }
  static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }
  /// Whether it is something that has no end of its own: a pipe, a socket, a device.
  static func isLive(_ path: String) -> Bool { kind(of: path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false }

  /// What tells a regular file or folder from every other, by whatever path it is named; nil for anything else.
  struct Identity: Hashable {
    var device: UInt64
    var number: UInt64
  }

  static func identity(_ path: String) -> Identity? { facts(of: path).flatMap(identity) }

  /// The same of an open file.
  static func identity(descriptor: Int32) -> Identity? {
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 ? identity(facts) : nil
  }

  private static func identity(_ facts: stat) -> Identity? {
    let kind = facts.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return nil }
    return Identity(device: UInt64(facts.st_dev), number: UInt64(facts.st_ino))
  }

  /// Whether two paths lead to one file, or would once it is made. A device such as /dev/null keeps nothing that could be
  /// written over.
  static func isSame(_ path: String, _ other: String) -> Bool {
    guard kind(of: path) != S_IFCHR else { return false }
    guard let identity = identity(path) else { return identity(other) == nil && place(path) == place(other) }
    return identity == self.identity(other)
  }

  /// Where a file would be made.
  private static func place(_ path: String) -> Place? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    return identity(folder).map { Place(folder: $0, name: name) }
  }

  private struct Place: Equatable {
    var folder: Identity
    var name: String
  }

  /// Bytes; nil for what is no regular file.
  static func size(_ path: String) -> Int? {
    guard let facts = facts(of: path), facts.st_mode & S_IFMT == S_IFREG else { return nil }
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

  private static func kind(of path: String) -> mode_t? { facts(of: path).map { $0.st_mode & S_IFMT } }

  /// What an input's path leads to; `-` is standard input.
  private static func facts(of path: String) -> stat? {
    var facts = stat()
    let result = path == "-" ? unsafe fstat(STDIN_FILENO, &facts) : unsafe stat(path, &facts)
    return result == 0 ? facts : nil
  }
}
