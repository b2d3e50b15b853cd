/// An interface that frames were captured on, as its file or device describes it.
public struct CaptureInterface: Hashable, Sendable {
  /// The device's name, such as `eth0`; empty where the file does not say.
  public var name: String
  /// What the file says of it; empty where nothing.
  public var description: String
  /// How its frames begin.
  public var linkType: LinkType
  /// The most bytes kept of a frame; 0 is no limit.
  public var snapLength: Int
  /// The filter that the frames had to pass when they were captured; empty for none.
  public var filter: String
  /// Frames that the interface received and frames that were lost, where the file keeps count.
  public var received: UInt64?
  /// Frames that were lost while capturing; nil where the file does not say.
  public var dropped: UInt64?

  public init(
    name: String = "", description: String = "", linkType: LinkType, snapLength: Int = 0, filter: String = "",
    received: UInt64? = nil, dropped: UInt64? = nil
  ) {
    self.name = name
    self.description = description
    self.linkType = linkType
    self.snapLength = snapLength
    self.filter = filter
    self.received = received
    self.dropped = dropped
  }
}
