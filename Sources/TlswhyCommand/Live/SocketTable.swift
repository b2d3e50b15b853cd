import Glibc
import NetworkValues

/// A socket as the kernel lists it in proc_net(5).
struct Socket {
  var flow: Flow
  /// What links below /proc/PID/fd name it by.
  var inode: UInt64

  /// All TCP sockets that are connected or connecting.
  static func tcp() -> [Socket] {
    // Listening sockets have no flow, those in TIME_WAIT no owner.
    list(["/proc/self/net/tcp", "/proc/self/net/tcp6"]) { state in state != 0x0A && state != 0x06 }
  }

  /// All UDP sockets; the remote end is zero where one is not connected.
  static func udp() -> [Socket] { list(["/proc/self/net/udp", "/proc/self/net/udp6"]) { _ in true } }

  private static func list(_ paths: [String], where accepts: (UInt8) -> Bool) -> [Socket] {
    var sockets: [Socket] = []
    for path in paths {
      guard let bytes = try? ProcessFile.read(path) else { continue }
      for line in bytes.split(separator: 0x0A).dropFirst() {
        let fields = line.split(separator: 0x20, maxSplits: 11)
        guard fields.count > 9, let state = hexadecimal(fields[3]), accepts(UInt8(truncatingIfNeeded: state)),
          let local = endpoint(fields[1]), let remote = endpoint(fields[2]), let inode = decimal(fields[9]), inode != 0
        else { continue }
        sockets.append(Socket(flow: Flow(local, remote), inode: inode))
      }
    }
    return sockets
  }

  /// `0100007F:1F90`: the address in 32-bit words as the processor holds them, then the port.
  static func endpoint(_ text: ArraySlice<UInt8>) -> Endpoint? {
    let parts = text.split(separator: UInt8(ascii: ":"))
    guard parts.count == 2, let port = hexadecimal(parts[1]) else { return nil }
    var words: [UInt32] = []
    var rest = parts[0]
    while rest.count >= 8 {
      guard let word = hexadecimal(rest.prefix(8)) else { return nil }
      words.append(UInt32(bigEndian: UInt32(truncatingIfNeeded: word)))
      rest = rest.dropFirst(8)
    }
    let address: IPAddress
    switch words.count {
    case 1: address = IPAddress(ipv4: words[0])
    case 4:
      address = IPAddress(
        ipv6High: UInt64(words[0]) << 32 | UInt64(words[1]), low: UInt64(words[2]) << 32 | UInt64(words[3]))
    default: return nil
    }
    return Endpoint(address: address, port: UInt16(truncatingIfNeeded: port))
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self))
  }
}
