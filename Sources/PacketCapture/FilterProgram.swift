import CPcap

/// A BPF program that libpcap made from a filter for one link type.
@safe final class FilterProgram {
  let linkType: LinkType
  private var program = unsafe bpf_program()

  init(_ text: String, linkType: LinkType) throws(CaptureError) {
    // Before there is anything for `deinit` to free.
    try Libpcap.require(for: "filter '\(text)'")
    self.linkType = linkType
    guard let handle = unsafe pcap_open_dead(linkType.libpcapValue, 262_144) else {
      throw CaptureError(.badFilter("out of memory"), path: text)
    }
    defer { unsafe pcap_close(handle) }
    guard unsafe pcap_compile(handle, &program, text, 1, 0xffff_ffff) == 0 else {
      let reason = unsafe pcap_geterr(handle).map { unsafe String(cString: $0) } ?? "it does not compile"
      throw CaptureError(.badFilter(Self.readable(reason, linkType)), path: text)
    }
  }

  deinit { unsafe pcap_freecode(&program) }

  func matches(_ bytes: RawSpan, originalLength: Int) -> Bool {
    var header = pcap_pkthdr()
    header.caplen = UInt32(clamping: bytes.byteCount)
    header.len = UInt32(clamping: originalLength)
    return unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe pcap_offline_filter(&program, &header, start.assumingMemoryBound(to: UInt8.self)) != 0
    }
  }

  private static func readable(_ reason: String, _ linkType: LinkType) -> String {
    // Syntax errors do not depend on the link type; the rest does.
    reason.contains("syntax error") ? reason : "\(reason) (on frames of link type \(linkType.rawValue))"
  }
}

extension LinkType {
  /// The DLT_ value that libpcap knows the link type by on Linux: the two differ for a few old types.
  var libpcapValue: Int32 {
    switch rawValue {
    case 100: 11
    case 101: 12
    case 102: 15
    case 103: 16
    case 106: 19
    default: Int32(clamping: rawValue)
    }
  }

  /// The link type of a DLT_ value of libpcap's on Linux.
  init(libpcapValue: Int32) {
    switch libpcapValue {
    case 11: self.init(rawValue: 100)
    case 12: self.init(rawValue: 101)
    case 15: self.init(rawValue: 102)
    case 16: self.init(rawValue: 103)
    case 19: self.init(rawValue: 106)
    default: self.init(rawValue: UInt32(clamping: libpcapValue))
    }
  }
}
