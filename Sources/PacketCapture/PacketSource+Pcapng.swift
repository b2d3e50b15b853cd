import NetworkValues

extension PacketSource {
  /// The next frame. What is damaged is skipped as far as the block behind it shows, and told at the end.
  mutating func nextPcapngRecord() throws(CaptureError) -> FrameRecord? {
    while true {
      do throws(CaptureError) {
        if let record = try nextIntactRecord() { return record }
        if let damage = skipped.first {
          throw damage.with(skipped)
        }
        return nil
      } catch {
        if error.kind == .quiet { throw error }
        guard error.isDamage, try moveBehind(error) else {
          throw skipped.first.map { $0.with(skipped) } ?? error
        }
      }
    }
  }

  /// Resynchronises in one go, however long that takes.
  private mutating func moveBehind(_ damage: CaptureError) throws(CaptureError) -> Bool {
    buffer.stream.wait.tellsQuiet = false
    defer { buffer.stream.wait.tellsQuiet = true }
    return try resynchronise(after: damage)
  }

  /// Reads blocks up to the next one that holds a frame; the others are noted or skipped.
  private mutating func nextIntactRecord() throws(CaptureError) -> FrameRecord? {
    while let (type, count) = try nextBlock() {
      let record = try frame(type, count)
      if let record {
        // A frame without options fills its block: most do.
        if type == PcapngFormat.Block.enhancedPacket, count >= 36 &+ record.count {
          noteComments(in: count, after: 28 &+ record.count)
        }
      } else {
        try note(type, count)
      }
      buffer.consume(count)
      if let record { return record }
    }
    return nil
  }

  /// The frame that a block holds, where it is of a kind that holds one.
  @inline(__always)
  private func frame(_ type: UInt32, _ count: Int) throws(CaptureError) -> FrameRecord? {
    let block = buffer.fields(count, isBigEndian: pcapng.isBigEndian)
    switch type {
    case PcapngFormat.Block.enhancedPacket: return try enhancedPacket(block)
    case PcapngFormat.Block.simplePacket: return try simplePacket(block)
    case PcapngFormat.Block.packet: return try obsoletePacket(block)
    default: return nil
    }
  }

  /// Makes the next block contiguous: its type and its whole length (§3.1); nil at the end of the file.
  private mutating func nextBlock() throws(CaptureError) -> (type: UInt32, count: Int)? {
    guard try buffer.require(12) else {
      try requireCleanEnd()
      return nil
    }
    let type = buffer.fields(12, isBigEndian: pcapng.isBigEndian).uint32(at: 0)
    if type == PcapngFormat.Block.sectionHeader {
      // Each section says its own byte order, before the first length that depends on it.
      switch buffer.fields(12, isBigEndian: true).uint32(at: 8) {
      case PcapngFormat.byteOrderMagic: pcapng.isBigEndian = true
      case PcapngFormat.byteOrderMagic.byteSwapped: pcapng.isBigEndian = false
      default: throw damage("a section header without the byte-order magic")
      }
    }
    let least = type == PcapngFormat.Block.sectionHeader ? 28 : 12
    let count = Int(buffer.fields(12, isBigEndian: pcapng.isBigEndian).uint32(at: 4))
    guard count >= least, count <= PcapngFormat.blockLimit, count & 3 == 0 else {
      throw damage("a block of type \(type) claims an impossible length of \(count) bytes")
    }
    guard try buffer.require(count) else { throw error(.truncated) }
    let trailer = Int(buffer.fields(count, isBigEndian: pcapng.isBigEndian).uint32(at: count &- 4))
    guard trailer == count else {
      throw damage("a block of type \(type) says \(count) bytes at its start but \(trailer) at its end")
    }
    return (type, count)
  }

  /// Takes up what a block that holds no frame says.
  private mutating func note(_ type: UInt32, _ count: Int) throws(CaptureError) {
    let block = buffer.fields(count, isBigEndian: pcapng.isBigEndian)
    switch type {
    case PcapngFormat.Block.sectionHeader: pcapng.readSectionHeader(block)
    case PcapngFormat.Block.interfaceDescription:
      guard block.count >= 20 else { throw damage("an interface description of \(block.count) bytes") }
      guard pcapng.interfaces.count < PcapngFormat.interfaceLimit else {
        throw damage("more than \(PcapngFormat.interfaceLimit) interfaces")
      }
      pcapng.readInterface(block)
    case PcapngFormat.Block.interfaceStatistics: pcapng.readStatistics(block)
    case PcapngFormat.Block.decryptionSecrets:
      pcapng.readSecrets(block)
      secretCount = pcapng.secretCount
    case PcapngFormat.Block.nameResolution: pcapng.readNames(block)
    default: break
    }
  }

  /// An enhanced packet block (§4.3).
  @inline(__always)
  private func enhancedPacket(_ block: borrowing FieldReader) throws(CaptureError) -> FrameRecord {
    let interface = try interface(block.uint32(at: 8))
    let count = Int(block.uint32(at: 20))
    guard count <= block.count &- 32 else { throw overlong(count, in: block) }
    return FrameRecord(
      timestamp: pcapng.interfaces[interface].timestamp(high: block.uint32(at: 12), low: block.uint32(at: 16)),
      linkType: pcapng.interfaces[interface].linkType, interface: interface,
      originalLength: Int(block.uint32(at: 24)), start: buffer.start &+ 28, count: count)
  }

  /// A simple packet block (§4.4): on the section's first interface, without a time.
  private func simplePacket(_ block: borrowing FieldReader) throws(CaptureError) -> FrameRecord {
    guard block.count >= 16 else { throw damage("a simple packet block of \(block.count) bytes") }
    let interface = try interface(0)
    let originalLength = Int(block.uint32(at: 8))
    let snapLength = pcapng.interfaces[interface].snapLength
    let count = min(originalLength, snapLength == 0 ? .max : snapLength, block.count &- 16)
    return FrameRecord(
      timestamp: Timestamp(nanoseconds: 0), linkType: pcapng.interfaces[interface].linkType, interface: interface,
      originalLength: originalLength, start: buffer.start &+ 12, count: count)
  }

  /// A packet block (appendix A), which the enhanced one replaced.
  private func obsoletePacket(_ block: borrowing FieldReader) throws(CaptureError) -> FrameRecord {
    let interface = try interface(UInt32(block.uint16(at: 8)))
    let count = Int(block.uint32(at: 20))
    guard count <= block.count &- 32 else { throw overlong(count, in: block) }
    return FrameRecord(
      timestamp: pcapng.interfaces[interface].timestamp(high: block.uint32(at: 12), low: block.uint32(at: 16)),
      linkType: pcapng.interfaces[interface].linkType, interface: interface,
      originalLength: Int(block.uint32(at: 24)), start: buffer.start &+ 28, count: count)
  }

  /// The index of an interface of the current section among all of the file's.
  @inline(__always)
  private func interface(_ identifier: UInt32) throws(CaptureError) -> Int {
    let index = pcapng.firstInterface &+ Int(identifier)
    guard index < pcapng.interfaces.count else {
      throw damage("it names interface \(identifier), which the file does not describe")
    }
    return index
  }

  private func overlong(_ count: Int, in block: borrowing FieldReader) -> CaptureError {
    damage("it claims \(count) captured bytes in a block of \(block.count)")
  }

  @inline(never)
  private mutating func noteComments(in count: Int, after offset: Int) {
    let block = buffer.fields(count, isBigEndian: pcapng.isBigEndian)
    let number = framesRead &+ 1
    block.forEachOption(from: (offset &+ 3) & ~3, to: block.count &- 4) { code, start, count in
      if code == PcapngFormat.Option.comment, frameComments.count < PcapngFormat.commentLimit {
        frameComments.append(FrameComment(frame: number, text: block.text(at: start, count: count)))
      }
    }
  }
}
