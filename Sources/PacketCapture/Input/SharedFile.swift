import Glibc
import Synchronization

/// A capture file that several threads read at once, each all of it: what one of them has fetched from the system is
/// there for the others too.
///
/// Nobody waits. Who comes to a block that another is just fetching, or that has no room because somebody is far behind,
/// fetches it for himself.
@safe public final class SharedFile: Sendable {
  /// Bytes that are fetched together. All blocks that are held fit into a processor's second-level cache.
  static let blockSize = 1 << 17
  /// Blocks that are held for those who come later.
  private static let blocksHeld = 8
  /// How many blocks behind its own a reader fetches, at most, where nobody else has.
  private static let blocksAhead = 3

  private let file: FileDescriptor
  var path: String { file.path }
  /// Bytes that the file had when it was opened: what is appended meanwhile is left alone by all.
  private let size: Int
  private nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer
  private let state: Mutex<State>

  /// A place for a block.
  private struct Place {
    /// -1 where it holds none.
    var block = -1
    /// Bytes of it; nil while somebody fetches it.
    var count: Int? = 0
  }

  private struct State {
    var places = Array(repeating: Place(), count: SharedFile.blocksHeld)
    /// The block that each reader is at: it needs none before that.
    var positions: [Int]

    func place(of block: Int) -> Place { places[block % SharedFile.blocksHeld] }

    /// Takes on fetching a block, where nobody needs what lies in its place.
    mutating func claim(_ block: Int) -> Bool {
      let place = place(of: block)
      guard place.count != nil, place.block < block, positions.allSatisfy({ $0 > place.block }) else { return false }
      places[block % SharedFile.blocksHeld] = Place(block: block, count: nil)
      return true
    }

    /// Takes on fetching one of the blocks behind another.
    mutating func claim(behind block: Int) -> Int? {
      (block + 1...block + SharedFile.blocksAhead).first { place(of: $0).block < $0 }.flatMap { claim($0) ? $0 : nil }
    }
  }

  /// Opens a regular file for so many readers; nil where it is none.
  public init?(path: String, readers: Int) throws(CaptureError) {
    file = try FileDescriptor(path: path)
    size = file.size ?? 0
    state = Mutex(State(positions: Array(repeating: 0, count: readers)))
    unsafe memory = .allocate(byteCount: Self.blocksHeld * Self.blockSize, alignment: 4096)
    guard file.isRegular else { return nil }
  }

  deinit { unsafe memory.deallocate() }

  /// A block as long as the reader asks for no later one; nil where it has to fetch it for himself.
  func block(_ number: Int, for reader: Int) -> UnsafeRawBufferPointer? {
    let isMine: Bool? = state.withLock { state in
      guard state.positions.indices.contains(reader) else { return nil }
      state.positions[reader] = number
      return state.claim(number)
    }
    // Whom nobody reckons with is lent nothing.
    guard let isMine else { return nil }
    if isMine { fetch(number) }
    if let ahead = state.withLock({ $0.claim(behind: number) }) { fetch(ahead) }
    let place = state.withLock { $0.place(of: number) }
    guard place.block == number, let count = place.count else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: room(for: number)[..<count])
  }

  /// The reader needs no more blocks.
  func leave(_ reader: Int) {
    state.withLock { state in
      if state.positions.indices.contains(reader) { state.positions[reader] = .max }
    }
  }

  /// Reads a block into `room`, of ``blockSize`` bytes; fewer than that only where the file ends.
  func read(_ block: Int, into room: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    let start = block * Self.blockSize
    let wanted = min(Self.blockSize, max(size - start, 0))
    var count = 0
    while count < wanted {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[count..<wanted])
      let read = unsafe try file.read(into: rest, at: start + count)
      if read == 0 { break }
      count += read
    }
    return count
  }

  private func fetch(_ block: Int) {
    let count: Int?
    do throws(CaptureError) {
      count = unsafe try read(block, into: room(for: block))
    } catch {
      // Whoever needs it meets the error himself.
      count = nil
    }
    state.withLock { state in
      state.places[block % Self.blocksHeld] = count.map { Place(block: block, count: $0) } ?? Place()
    }
  }

  private func room(for block: Int) -> UnsafeMutableRawBufferPointer {
    let start = block % Self.blocksHeld * Self.blockSize
    return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + Self.blockSize])
  }
}

/// One reader's way through a shared file.
@safe final class SharedBlocks {
  private let file: SharedFile
  private let reader: Int
  private var number = -1
  private var block = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  private var used = 0
  /// For blocks that it had to fetch for himself.
  private var spare: UnsafeMutableRawBufferPointer?

  init(_ file: SharedFile, reader: Int) {
    self.file = file
    self.reader = reader
  }

  deinit {
    file.leave(reader)
    unsafe spare?.deallocate()
  }

  /// Bytes of the block that were not taken yet.
  var available: Int { unsafe block.count &- used }

  /// Goes to the next block; false at the file's end. What was taken before is there no more.
  func advance() throws(CaptureError) -> Bool {
    guard unsafe number < 0 || block.count == SharedFile.blockSize else { return false }
    number += 1
    used = 0
    unsafe block = UnsafeRawBufferPointer(start: nil, count: 0)
    if let shared = unsafe file.block(number, for: reader) {
      unsafe block = shared
    } else {
      let room = unsafe spare ?? .allocate(byteCount: SharedFile.blockSize, alignment: 4096)
      unsafe spare = room
      let count = unsafe try file.read(number, into: room)
      unsafe block = UnsafeRawBufferPointer(rebasing: room[..<count])
    }
    return unsafe !block.isEmpty
  }

  /// Takes the next `count` bytes of the block, fewer where it has no more.
  func take(_ count: Int) -> UnsafeRawBufferPointer {
    let taken = unsafe UnsafeRawBufferPointer(rebasing: block[used..<used + min(max(count, 0), available)])
    used += taken.count
    return unsafe taken
  }
}
