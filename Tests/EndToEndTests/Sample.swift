import Foundation

/// The captures in samples/, by path from the package's folder, and captures made from them.
enum Sample {
  static let names = ["founding-refused", "founding-forwarder", "version", "untrusted-ca", "untrusted-ca-tls12"]

  static func working(_ name: String) -> String { "samples/\(name)/working.pcap" }
  static func failing(_ name: String) -> String { "samples/\(name)/failing.pcap" }

  static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: Program.root.appendingPathComponent(path))
  }

  /// Each frame's offset in a .pcap of little-endian order, and the file's end behind them.
  static func frameOffsets(_ capture: Data) -> [Int] {
    var offsets = [24]
    while let last = offsets.last, last + 16 <= capture.count {
      let length = capture[(last + 8)..<(last + 12)].reversed().reduce(0) { $0 << 8 | Int($1) }
      offsets.append(last + 16 + length)
    }
    return offsets
  }

  /// A .pcap of Ethernet frames.
  static func capture(of frames: [[UInt8]]) -> Data {
    var bytes: [UInt8] = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0]
    for frame in frames {
      let length = [UInt8(frame.count & 0xff), UInt8(frame.count >> 8), 0, 0]
      bytes += [0, 0, 0, 0x65, 0, 0, 0, 0] + length + length + frame
    }
    return Data(bytes)
  }

  /// An IPv4 datagram of NTP: traffic that has nothing to do with TLS.
  static let datagram: [UInt8] =
    [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0] + [0x45, 0, 0, 32, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2]
    + [0, 123, 0, 123, 0, 12, 0, 0, 1, 2, 3, 4]

  /// A sample's capture in which the server's name is another one of the same length.
  static func renamed(_ path: String, _ name: String, to replacement: [UInt8]) throws -> Data {
    var data = try bytes(path)
    let wanted = Data(name.utf8)
    while let range = data.range(of: wanted) { data.replaceSubrange(range, with: replacement) }
    return data
  }
}
