import Glibc

/// The way of a compressed file to the program that decompresses it.
struct CompressedFeed: ~Copyable {
  /// A socket; -1 once all was sent.
  private(set) var descriptor: Int32
  private let size: Int
  private var position = 0
  private var chunk: [UInt8] = []
  private var sent = 0

  private static let chunkSize = 1 << 16

  /// - Parameter size: bytes of the file that are sent.
  init(descriptor: Int32, size: Int) { (self.descriptor, self.size) = (descriptor, size) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Nothing more is sent.
  mutating func end() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Sends as much as the program takes without waiting.
  mutating func send(from file: borrowing FileDescriptor, counting bytesFed: inout Int) throws(CaptureError) {
    if sent == chunk.count { try fill(from: file) }
    guard !chunk.isEmpty else { return end() }
    let count = unsafe chunk.withUnsafeBytes { bytes in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[sent...])
      let flags = Int32(truncatingIfNeeded: MSG_NOSIGNAL) | Int32(truncatingIfNeeded: MSG_DONTWAIT)
      return unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, flags)
    }
    if count > 0 {
      sent += count
      bytesFed += count
    } else if errno != EAGAIN, errno != EINTR {
      // The program wants no more; what it says at its end tells why.
      end()
    }
  }

  private mutating func fill(from file: borrowing FileDescriptor) throws(CaptureError) {
    let wanted = min(Self.chunkSize, size - position)
    if chunk.count != wanted { chunk = [UInt8](repeating: 0, count: wanted) }
    sent = 0
    guard wanted > 0 else { return }
    let count = try FileDescriptor.uninterrupted(file.path) {
      unsafe chunk.withUnsafeMutableBytes { unsafe pread(file.rawValue, $0.baseAddress, wanted, position) }
    }
    position += count
    if count < chunk.count { chunk.removeLast(chunk.count - count) }
  }
}
