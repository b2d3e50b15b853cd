/// Builds captures by hand, in either byte order; knows nothing of the library's own writer.
struct CaptureBytes {
  var isBigEndian = false
  var bytes: [UInt8] = []

  mutating func put<Integer: FixedWidthInteger>(_ value: Integer) {
    let count = MemoryLayout<Integer>.size
    for index in 0..<count {
      let shift = (isBigEndian ? count - 1 - index : index) * 8
      bytes.append(UInt8(truncatingIfNeeded: value >> Integer(shift)))
    }
  }

  // MARK: .pcap

  mutating func pcapHeader(magic: UInt32 = 0xa1b2_c3d4, snapLength: UInt32 = 65_535, linkType: UInt32 = 1) {
    put(magic)
    put(UInt16(2))
    put(UInt16(4))
    put(UInt64(0))
    put(snapLength)
    put(linkType)
  }

  mutating func pcapRecord(
    seconds: UInt32 = 0, fraction: UInt32 = 0, originalLength: Int? = nil, extra: [UInt8] = [], _ frame: [UInt8]
  ) {
    put(seconds)
    put(fraction)
    put(UInt32(frame.count))
    put(UInt32(originalLength ?? frame.count))
    bytes += extra + frame
  }

  // MARK: pcapng

  mutating func block(_ type: UInt32, _ body: (inout CaptureBytes) -> Void) {
    var inner = CaptureBytes(isBigEndian: isBigEndian)
    body(&inner)
    while inner.bytes.count % 4 != 0 { inner.bytes.append(0) }
    put(type)
    put(UInt32(inner.bytes.count + 12))
    bytes += inner.bytes
    put(UInt32(inner.bytes.count + 12))
  }

  mutating func option(_ code: UInt16, _ value: [UInt8]) {
    put(code)
    put(UInt16(value.count))
    bytes += value
    while bytes.count % 4 != 0 { bytes.append(0) }
  }

  mutating func option(_ code: UInt16, _ text: String) { option(code, Array(text.utf8)) }

  mutating func section(_ options: (inout CaptureBytes) -> Void = { _ in }) {
    block(0x0a0d_0d0a) { block in
      block.put(UInt32(0x1a2b_3c4d))
      block.put(UInt16(1))
      block.put(UInt16(0))
      block.put(UInt64.max)
      options(&block)
    }
  }

  mutating func interface(
    linkType: UInt16 = 1, snapLength: UInt32 = 0, _ options: (inout CaptureBytes) -> Void = { _ in }
  ) {
    block(1) { block in
      block.put(linkType)
      block.put(UInt16(0))
      block.put(snapLength)
      options(&block)
    }
  }

  mutating func enhancedPacket(
    interface: UInt32 = 0, time: UInt64 = 0, originalLength: Int? = nil, _ frame: [UInt8],
    _ options: (inout CaptureBytes) -> Void = { _ in }
  ) {
    block(6) { block in
      block.put(interface)
      block.put(UInt32(time >> 32))
      block.put(UInt32(truncatingIfNeeded: time))
      block.put(UInt32(frame.count))
      block.put(UInt32(originalLength ?? frame.count))
      block.bytes += frame
      while block.bytes.count % 4 != 0 { block.bytes.append(0) }
      options(&block)
    }
  }
}

/// An Ethernet frame with a TCP SYN between two documentation addresses.
func ethernetFrame(to port: UInt16 = 443) -> [UInt8] {
  [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0] + ipFrame(to: port)
}

/// The same without its Ethernet header.
func ipFrame(to port: UInt16 = 443) -> [UInt8] {
  [0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0xc0, 0]
    + [UInt8(port >> 8), UInt8(port & 0xff), 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 0xff, 0xff, 0, 0, 0, 0]
}
