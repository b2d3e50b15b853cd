/// What a live capture captures, and how.
public struct LiveOptions: Hashable, Sendable {
  /// The interfaces' names; none for the one that tcpdump would choose. `any` stands for all.
  public var interfaces: [String]
  /// In the language of pcap-filter(7).
  public var filter: String
  /// The most bytes to keep of each frame.
  public var snapLength: Int
  /// Bytes of kernel buffer for each interface: what arrives while the program is busy has to fit.
  public var bufferSize: Int
  /// Whether to see frames for other hosts too, where the interface can.
  public var isPromiscuous: Bool
  /// Milliseconds that the kernel may gather frames before it hands them over: the longest wait for a frame.
  public var batchTime: Int

  /// - Parameter batchTime: by default as short as the buffer allows.
  public init(
    interfaces: [String] = [], filter: String = "", snapLength: Int = 262_144, bufferSize: Int = 16 << 20,
    isPromiscuous: Bool = true, batchTime: Int? = nil
  ) {
    self.interfaces = interfaces
    self.filter = filter
    self.snapLength = snapLength
    self.bufferSize = bufferSize
    self.isPromiscuous = isPromiscuous
    self.batchTime = batchTime ?? Self.batchTime(forBuffer: bufferSize)
  }

  /// libpcap's buffer has blocks of 256 KiB, and each batch takes one, however little is in it. So many batches should
  /// fit that the program may be kept from reading for some seconds; a second is what tcpdump waits.
  private static func batchTime(forBuffer size: Int) -> Int {
    let blocks = max(size / 262_144, 1)
    return min(max(6400 / blocks, 50), 1000)
  }
}
