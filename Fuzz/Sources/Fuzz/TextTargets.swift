import Bytes
import Diagnosis
import NetworkProtocols
import NetworkValues
import TLSProtocol

extension FuzzTarget {
  static let dns = FuzzTarget("dns") { bytes in
    bytes.withCursor { start in
      if let message = try? DNSMessage(start.rest) { examine(message, bytes.count) }
    }
  }

  private static func examine(_ message: borrowing DNSMessage, _ count: Int) {
    claim(message.addresses.count <= count / 16, "every address takes a record's bytes")
    let name = message.questionName
    claim(name.utf8.count <= 4 * 255, "a name is bounded: \(name.utf8.count)")
    claim(name.utf8.allSatisfy { (0x20..<0x7f).contains($0) }, "a name is printable")
  }

  /// Logs of both sides. How the bytes are cut into pieces must make no difference.
  static let logs = FuzzTarget("logs") { bytes in
    guard let mode = bytes.first else { return }
    let side = mode & 1 == 0 ? Role.client : .server
    let rest = Array(bytes.dropFirst())
    let whole = LogReader.read(rest, side: side)
    var reader = LogReader(side: side)
    var start = 0
    let size = Int(mode >> 1) + 1
    while start < rest.count {
      reader.read(Array(rest[start..<min(rest.count, start + size)]))
      start += size
    }
    let pieces = reader.finish()
    claim(whole.findings == pieces.findings && whole.notes == pieces.notes, "findings do not depend on pieces")
    claim(whole.lines == pieces.lines && whole.bytes == UInt64(rest.count), "lines and bytes are counted")
    claim(whole.findings.count <= 4096, "findings are bounded")
  }

  /// Key logs, read at once and in two parts at a line's end.
  static let keylog = FuzzTarget("keylog") { bytes in
    var whole = KeyLog()
    whole.append(lines: bytes)
    claim(whole.count <= bytes.count, "a secret takes bytes")
    guard let newline = bytes.lastIndex(of: 10) else { return }
    // Only the file's first bytes may be a byte order mark.
    guard !bytes[(newline + 1)...].starts(with: [0xef, 0xbb, 0xbf]) else { return }
    var parts = KeyLog()
    parts.append(lines: Array(bytes[...newline]))
    parts.append(lines: Array(bytes[(newline + 1)...]))
    claim(parts == whole, "lines are read one by one")
  }
}
