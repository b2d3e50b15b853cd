/// Stream bytes that arrived before their turn, in pages of fixed size with one bit for each byte that is there.
///
/// Every operation costs time in proportion to the bytes it touches and the logarithm of the pages, whatever order, size
/// and overlap the segments have. Pages cost what they occupy, not what they hold, so the limit bounds memory.
struct EarlyBytes: Sendable {
  static let pageSize = 4096

  private struct Page {
    /// Where in the stream it begins, in pages.
    let number: Int
    var bytes: [UInt8]
    /// One bit for each byte that is there.
    var present: [UInt64]
    var count = 0

    init(number: Int) {
      self.number = number
      bytes = Array(repeating: 0, count: EarlyBytes.pageSize)
      present = Array(repeating: 0, count: EarlyBytes.pageSize / 64)
    }

    func holds(_ index: Int) -> Bool { present[index >> 6] >> UInt64(index & 63) & 1 == 1 }

    /// The first byte at or behind `index` that is there, or that is missing; the page's end where there is none.
    func firstIndex(from index: Int, present wanted: Bool) -> Int {
      guard index < EarlyBytes.pageSize else { return EarlyBytes.pageSize }
      var word = index >> 6
      var bits = (wanted ? present[word] : ~present[word]) & (~0 << UInt64(index & 63))
      while bits == 0 {
        word &+= 1
        guard word < present.count else { return EarlyBytes.pageSize }
        bits = wanted ? present[word] : ~present[word]
      }
      return word &* 64 &+ bits.trailingZeroBitCount
    }

    mutating func mark(_ range: Range<Int>, present isPresent: Bool) {
      var index = range.lowerBound
      while index < range.upperBound {
        let stop = min(index | 63, range.upperBound &- 1)
        let mask = (UInt64.max >> UInt64(63 &- (stop &- index))) << UInt64(index & 63)
        if isPresent { present[index >> 6] |= mask } else { present[index >> 6] &= ~mask }
        index = stop &+ 1
      }
      count &+= isPresent ? range.count : -range.count
    }
  }

  private let pageLimit: Int
  /// In stream order.
  private var pages: [Page] = []
  /// Bytes that wait.
  private(set) var count = 0

  init(pageLimit: Int) { self.pageLimit = pageLimit }

  var isEmpty: Bool { pages.isEmpty }
  var memory: Int { pages.count &* (Self.pageSize &+ Self.pageSize / 8) }

  /// The position of the first byte that waits.
  var first: Int? {
    pages.first.map { $0.number &* Self.pageSize &+ $0.firstIndex(from: 0, present: true) }
  }

  /// Keeps those of the bytes that are not there yet. Where pages run out, the farthest one makes room for a nearer one.
  mutating func insert(_ bytes: RawSpan, at start: Int) -> (added: Int, refused: Int) {
    var added = 0
    var refused = 0
    let end = start &+ bytes.byteCount
    var position = start
    while position < end {
      let number = position / Self.pageSize
      let base = number &* Self.pageSize
      let stop = min(end, base &+ Self.pageSize)
      if let index = page(number, &refused) {
        added &+= fill(index, bytes, start: start, range: position &- base..<stop &- base)
      } else {
        refused &+= stop &- position
      }
      position = stop
    }
    count &+= added
    return (added, refused)
  }

  /// Hands on the bytes that stand in one run from `position` on in one page, and forgets them; returns how many.
  mutating func deliver(from position: Int, _ deliver: (RawSpan) -> Void) -> Int {
    guard !pages.isEmpty, pages[0].number == position / Self.pageSize else { return 0 }
    let start = position &- pages[0].number &* Self.pageSize
    let stop = pages[0].firstIndex(from: start, present: false)
    guard start < stop else { return 0 }
    let bytes = pages[0].bytes
    let span = bytes.span
    deliver(unsafe span.bytes.extracting(start..<stop))
    count &-= stop &- start
    if pages[0].count == stop &- start {
      pages.removeFirst()
    } else {
      pages[0].mark(start..<stop, present: false)
    }
    return stop &- start
  }

  /// The index of the page with a number, made if there is room for it; nil otherwise.
  private mutating func page(_ number: Int, _ refused: inout Int) -> Int? {
    var (low, high) = (0, pages.count)
    while low < high {
      let middle = (low &+ high) / 2
      if pages[middle].number < number { low = middle &+ 1 } else { high = middle }
    }
    if low < pages.count, pages[low].number == number { return low }
    if pages.count >= pageLimit {
      guard low < pages.count, let farthest = pages.popLast() else { return nil }
      count &-= farthest.count
      refused &+= farthest.count
    }
    pages.insert(Page(number: number), at: low)
    return low
  }

  /// Copies the bytes that a page misses in `range`; returns how many.
  private mutating func fill(_ index: Int, _ bytes: RawSpan, start: Int, range: Range<Int>) -> Int {
    var added = 0
    var position = range.lowerBound
    let base = pages[index].number &* Self.pageSize
    while position < range.upperBound {
      let from = pages[index].firstIndex(from: position, present: false)
      guard from < range.upperBound else { break }
      let to = min(pages[index].firstIndex(from: from, present: true), range.upperBound)
      let source = bytes.extracting(base &+ from &- start..<base &+ to &- start)
      for offset in 0..<source.byteCount {
        pages[index].bytes[from &+ offset] = unsafe source.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      }
      pages[index].mark(from..<to, present: true)
      added &+= to &- from
      position = to
    }
    return added
  }
}
