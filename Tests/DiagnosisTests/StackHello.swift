import Bytes
import Glibc
import TLSProtocol

/// The recorded hellos of scripts/stacks/hellos.tsv.
enum StackHello {
  struct Row: Sendable {
    var family: String
    var product: String?
    var program: String
    var hello: ClientHello
  }

  static let rows: [Row] = load()

  /// The project's folder.
  static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

  private static func load() -> [Row] {
    return text(root + "/scripts/stacks/hellos.tsv").split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t")
      guard fields.count == 4, !line.hasPrefix("#"), let hello = parse(bytes(fields[3])) else { return nil }
      return Row(
        family: String(fields[0]), product: fields[1] == "-" ? nil : String(fields[1]), program: String(fields[2]),
        hello: hello)
    }
  }

  /// Skips the record's and the message's header.
  static func parse(_ record: [UInt8]) -> ClientHello? {
    Array(record.dropFirst(9)).withCursor { cursor in try? ClientHello(parsing: &cursor) }
  }

  private static func bytes(_ hex: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = hex.utf8[...]
    while rest.count >= 2 {
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return bytes
  }

  /// A file of the project as text; empty where it cannot be read.
  static func text(_ path: String) -> String {
    guard let file = unsafe fopen(path, "r") else { return "" }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = unsafe fgetc(file)
      if byte == EOF { break }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
