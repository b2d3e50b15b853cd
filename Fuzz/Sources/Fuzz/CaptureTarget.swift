import Glibc
import NetworkValues
import PacketCapture

extension FuzzTarget {
  /// Whole capture files: .pcap, .pcapng and what gzip packed.
  static let capture = FuzzTarget("capture") { bytes in
    // What other programs would unpack: starting a process for each input tells nothing about this one.
    let foreign: [[UInt8]] = [
      [0x42, 0x5a, 0x68], [0x04, 0x22, 0x4d, 0x18], [0xfd, 0x37, 0x7a], [0x28, 0xb5, 0x2f, 0xfd],
    ]
    guard !foreign.contains(where: { bytes.starts(with: $0) }) else { return }
    guard MemoryFile.shared.fill(bytes) else { return }
    var frames = 0
    do throws(CaptureError) {
      var source = try PacketSource(path: MemoryFile.shared.path)
      while let frame = try source.next() {
        frames += 1
        claim(frame.number == frames, "frames are counted one by one")
        claim(frame.bytes.byteCount <= 16 << 20, "a frame is bounded")
      }
      claim(source.interfaces.count <= 65_536, "interfaces are bounded")
    } catch {
      claim(!error.description.unicodeScalars.contains { $0.value < 0x20 }, "errors hold no control characters")
    }
  }
}

/// A file in memory: sources are opened by path.
private struct MemoryFile {
  static let shared = MemoryFile()
  private let descriptor: CInt = {
    var path = Array("/dev/shm/tlswhy-fuzz-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&path)
    unsafe unlink(path)
    return descriptor
  }()
  var path: String { "/proc/self/fd/\(descriptor)" }

  func fill(_ bytes: [UInt8]) -> Bool {
    guard ftruncate(descriptor, 0) == 0 else { return false }
    return unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
  }
}
