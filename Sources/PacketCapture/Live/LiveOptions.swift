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

  public init(
    interfaces: [String] = [], filter: String = "", snapLength: Int = 262_144, bufferSize: Int = 8 << 20,
    isPromiscuous: Bool = true, batchTime: Int = 50
  ) {
    self.interfaces = interfaces
    self.filter = filter
    self.snapLength = snapLength
    self.bufferSize = bufferSize
    self.isPromiscuous = isPromiscuous
    self.batchTime = batchTime
  }
}
