/// What of a damaged file was left out.
struct SkippedBytes {
  /// The damage that came first.
  var first: CaptureError?
  var places = 0
  var bytes = 0
}

extension PacketSource {
  /// A block longer than this is not believed behind damage: it could hide the rest of the file.
  private static var believableBlock: Int { 1 << 20 }

  /// Moves behind damage to the next block; false where the file shows none.
  ///
  /// pcapng repeats each block's length at its end, and blocks begin at multiples of four bytes (§3.1): where a known
  /// type and two equal lengths stand in their places, a block begins.
  mutating func resynchronise(after damage: CaptureError) throws(CaptureError) -> Bool {
    let start = buffer.position
    var hasReachedEnd = false
    // Damage inside a block whose ends are sound: the next one begins behind it.
    if let count = try plausibleBlock(&hasReachedEnd) {
      buffer.consume(count)
    } else {
      repeat {
        buffer.consume(4)
        guard try buffer.require(12) else { return false }
      } while try plausibleBlock(&hasReachedEnd) == nil
    }
    skipped.first = skipped.first ?? damage
    skipped.places &+= 1
    skipped.bytes &+= buffer.position &- start
    return true
  }

  /// The length of the block that seems to begin at the next unread byte. Where the file has been read to its end nothing
  /// more is asked of it: a file full of false beginnings must not be moved about for each of them.
  private mutating func plausibleBlock(_ hasReachedEnd: inout Bool) throws(CaptureError) -> Int? {
    guard buffer.available >= 12 else { return nil }
    var isBigEndian = pcapng.isBigEndian
    let type = buffer.fields(12, isBigEndian: isBigEndian).uint32(at: 0)
    var least = 12
    if type == PcapngFormat.Block.sectionHeader {
      switch buffer.fields(12, isBigEndian: true).uint32(at: 8) {
      case PcapngFormat.byteOrderMagic: isBigEndian = true
      case PcapngFormat.byteOrderMagic.byteSwapped: isBigEndian = false
      default: return nil
      }
      least = 28
    } else if !PcapngFormat.Block.isKnown(type) {
      return nil
    }
    let count = Int(buffer.fields(12, isBigEndian: isBigEndian).uint32(at: 4))
    guard count >= least, count <= Self.believableBlock, count & 3 == 0 else { return nil }
    if count > buffer.available {
      guard !hasReachedEnd else { return nil }
      guard try buffer.require(count) else {
        hasReachedEnd = true
        return nil
      }
    }
    let trailer = Int(buffer.fields(count, isBigEndian: isBigEndian).uint32(at: count &- 4))
    return trailer == count ? count : nil
  }
}

extension CaptureError {
  /// The error for a file that was read on behind its damage.
  func with(_ skipped: SkippedBytes) -> CaptureError {
    guard case .damaged(let what) = kind else { return self }
    var error = self
    error.kind = .skipped(what, places: skipped.places, bytes: skipped.bytes)
    return error
  }
}
