/// Why packets could not be read, captured or written: what went wrong, where, and what to do next.
public struct CaptureError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Kind: Hashable, Sendable {
    case notFound
    case isDirectory
    /// The file may not be opened.
    case permissionDenied
    /// The system refused to open or read; the text is the system's.
    case unreadable(String)
    /// The file is something else: what it seems to be.
    case notACapture(String)
    /// Nothing has arrived for a while from what is no regular file; see ``LiveInput``. Reading may go on.
    case quiet
    /// No bytes at all. A capture with a header and no frames is not an error.
    case empty
    /// The file ends inside a frame or block; all frames before it were whole.
    case truncated
    /// The bytes contradict the format: how.
    case damaged(String)
    /// What the file is compressed with does not undo the compression: its words.
    case badCompression(String)
    /// Undoing the compression would take more memory than is granted: the program that would need it.
    case compressionNeedsMemory(String)
    /// The bytes contradict the format, but reading went on behind it: how many places were left out, and their bytes in all.
    case skipped(String, places: Int, bytes: Int)
    /// A filter or an interface needs libpcap, and it is not installed.
    case libpcapMissing
    /// libpcap's words on why the filter cannot be compiled.
    case badFilter(String)
    /// The process may not capture packets.
    case capturePermission
    case noSuchInterface
    /// The interface vanished while it was captured.
    case interfaceGone
    /// Live capture failed; the text is libpcap's.
    case capture(String)
    /// Writing failed; the text is the system's.
    case unwritable(String)
  }

  /// What went wrong.
  public var kind: Kind
  /// The file, interface or filter that the error is about; `-` is standard input or output.
  public var path: String
  /// The frame that could not be read, where one was being read; counted from 1.
  public var frame: Int?
  /// Bytes from the start of the file (uncompressed) to the frame or block that could not be read.
  public var offset: Int?

  public init(_ kind: Kind, path: String, frame: Int? = nil, offset: Int? = nil) {
    self.kind = kind
    self.path = path
    self.frame = frame
    self.offset = offset
  }
}

extension CaptureError: CustomStringConvertible {
  /// One line: what, where, and what to do next.
  public var description: String {
    switch kind {
    case .notFound: "\(name): no such file; check the path"
    case .isDirectory: "\(name): is a directory; name a capture file in it"
    case .permissionDenied: "\(name): permission denied; make the file readable for this user"
    case .unreadable(let reason): "\(name): cannot be read: \(reason)"
    case .notACapture(let guess):
      "\(name): not a packet capture but \(guess); expected a .pcap or .pcapng file, as tcpdump -w writes"
    case .quiet: "\(name): nothing has arrived for a while"
    case .empty:
      "\(name): empty, not even a capture header; was the capture stopped before it began? record it again"
    case .truncated:
      "\(name): ends in the middle of \(place); every frame before it was read; "
        + "the file was cut short or is still being written"
    case .damaged(let what): "\(name): damaged in \(place): \(what); every frame before it was read"
    case .badCompression(let what):
      "\(name): its compression is damaged\(frame.map { " behind frame \($0)" } ?? ""): \(what); "
        + (frame == nil ? "" : "every frame before that was read; ") + "copy the file again from where it was recorded"
    case .compressionNeedsMemory(let program):
      "\(name): \(program) would need more than \(Compression.memoryLimit) MB of memory to decompress it"
        + (frame.map { " behind frame \($0); every frame before that was read" } ?? "")
        + "; decompress it first, with \(program) -dc, where there is enough memory"
    case .skipped(let what, let places, let bytes):
      "\(name): damaged in \(place): \(what); \(places == 1 ? "one place" : "\(places) places") of \(bytes) bytes "
        + "\(places == 1 ? "was" : "in all were") skipped, every frame around \(places == 1 ? "it" : "them") was read"
    case .libpcapMissing:
      "\(path): filters and live capture need libpcap, which is not installed; install it, as with: apt-get install "
        + "libpcap0.8"
    case .badFilter(let reason): "filter '\(path)': \(reason); see pcap-filter(7) for the syntax"
    case .capturePermission:
      "\(path): no permission to capture packets; run with sudo, or once: sudo setcap cap_net_raw+ep \"$(command -v "
        + "tlswhy)\""
    case .noSuchInterface: "\(path): no such network interface; list them with: tlswhy interfaces"
    case .interfaceGone: "\(path): the network interface disappeared while it was captured"
    case .capture(let reason): "\(path): capture failed: \(reason)"
    case .unwritable(let reason): "\(path == "-" ? "standard output" : path): cannot be written: \(reason)"
    }
  }

  private var name: String { path == "-" ? "standard input" : path }

  private var place: String {
    let position = offset.map { "byte \($0)" } ?? "its header"
    return frame.map { "frame \($0) (\(position))" } ?? position
  }
}

extension CaptureError {
  /// The same error where the stream failed that frames are read from, with the last frame that it gave.
  func behind(frame last: Int) -> Self {
    switch kind {
    case .badCompression, .compressionNeedsMemory:
      var error = self
      error.frame = last > 0 ? last : nil
      return error
    default: return self
    }
  }
}
