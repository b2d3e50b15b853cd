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
    if case .truncated = damage.kind { return skipToSoundEnd(after: damage) }
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
    note(damage, skipping: buffer.position &- start)
    return true
  }

  private mutating func note(_ damage: CaptureError, skipping count: Int) {
    skipped.first = skipped.first ?? damage
    skipped.places &+= 1
    skipped.bytes &+= count
  }

  /// A block claims more bytes than the file has left, all of which are in memory now. Either the file was cut short, or
  /// the length is wrong: then blocks that end exactly where the file ends stand behind it. Anything less is no proof,
  /// since a packet may hold a capture that was being copied.
  private mutating func skipToSoundEnd(after damage: CaptureError) -> Bool {
    guard !buffer.stream.wasCut, !buffer.stream.wait.isStopped else { return false }
    let first = Self.firstSoundBlock(in: buffer.fields(buffer.available, isBigEndian: pcapng.isBigEndian))
    guard let first else { return false }
    buffer.consume(first)
    var wrongLength = damage
    wrongLength.kind = .damaged("a block claims more bytes than the file has left")
    note(wrongLength, skipping: first)
    return true
  }

  /// Where, behind the first block of `bytes`, blocks begin that follow each other up to the very end.
  private static func firstSoundBlock(in bytes: borrowing FieldReader) -> Int? {
    let count = bytes.count
    guard count & 3 == 0 else { return nil }
    // From the end to the front: each place is looked at once, whatever the bytes are.
    var isSound = [Bool](repeating: false, count: count / 4 &+ 1)
    var first: Int?
    var place = count &- 12
    while place > 0 {
      let length = Int(bytes.uint32(at: place &+ 4))
      if PcapngFormat.Block.isKnown(bytes.uint32(at: place)), length >= 12, length & 3 == 0, length <= count &- place,
        Int(bytes.uint32(at: place &+ length &- 4)) == length,
        place &+ length == count || isSound[(place &+ length) / 4]
      {
        isSound[place / 4] = true
        first = place
      }
      place &-= 4
    }
    return first
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
  /// The bytes are at fault, not the system.
  var isDamage: Bool {
    switch kind {
    case .damaged, .truncated: true
    default: false
    }
  }

  /// The error for a file that was read on behind its damage.
  func with(_ skipped: SkippedBytes) -> CaptureError {
    guard case .damaged(let what) = kind else { return self }
    var error = self
    error.kind = .skipped(what, places: skipped.places, bytes: skipped.bytes)
    return error
  }
}
