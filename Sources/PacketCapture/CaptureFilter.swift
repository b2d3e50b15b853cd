/// A filter in the language of pcap-filter(7), compiled once for each link type that it meets.
public struct CaptureFilter {
  private var programs: [FilterProgram] = []
  private let text: String

  /// Checks the filter's syntax; a filter that no common link type accepts is refused with libpcap's words.
  public init(_ text: String) throws(CaptureError) {
    self.text = text
    var first: CaptureError?
    // `ether` primitives compile for Ethernet only, `wlan` ones for 802.11 only: one success proves the syntax.
    for linkType in [LinkType.ethernet, .raw, LinkType(rawValue: 105), .linuxCooked] {
      do throws(CaptureError) {
        try prepare(for: linkType)
        return
      } catch {
        first = first ?? error
      }
    }
    if let first { throw first }
  }

  /// Compiles the filter for a link type, unless that was done before.
  mutating func prepare(for linkType: LinkType) throws(CaptureError) {
    _ = try program(for: linkType)
  }

  /// Whether a frame passes; throws where the filter makes no sense for its link type.
  public mutating func matches(
    _ bytes: RawSpan, linkType: LinkType, originalLength: Int
  ) throws(CaptureError) -> Bool {
    try program(for: linkType).matches(bytes, originalLength: originalLength)
  }

  private mutating func program(for linkType: LinkType) throws(CaptureError) -> FilterProgram {
    // The last one is nearly always the right one.
    if let last = programs.last, last.linkType == linkType { return last }
    if let known = programs.first(where: { $0.linkType == linkType }) { return known }
    let program = try FilterProgram(text, linkType: linkType)
    programs.append(program)
    return program
  }
}
