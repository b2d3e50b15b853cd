import NetworkProtocols
import NetworkValues

extension FuzzTarget {
  /// Reassembly against a model that keeps one flag for each byte of the stream.
  static let reassembly = FuzzTarget("reassembly") { bytes in
    var script = InputScript(bytes)
    let mode = script.byte()
    var run = ReassemblyRun(
      initial: UInt32(script.word()) << 16 | 0xff00, isTight: mode & 1 != 0, startsAtOnce: mode & 2 == 0)
    while !script.isAtEnd { run.step(&script) }
  }
}

private struct ReassemblyRun {
  /// Bytes of the stream that the model knows; segments lie inside.
  private static let window = 14_000
  private static let pageSize = 4096

  private let initial: SequenceNumber
  private let isTight: Bool
  private var stream: StreamReassembler
  private var hasStarted: Bool
  private var present = [Bool](repeating: false, count: window)
  private var position = 0
  /// Flags set from the position on.
  private var waiting = 0
  private var cutEnd = 0
  /// What the code under test has delivered or skipped.
  private var seen = 0

  init(initial: UInt32, isTight: Bool, startsAtOnce: Bool) {
    self.initial = SequenceNumber(rawValue: initial)
    self.isTight = isTight
    stream = StreamReassembler(bufferLimit: isTight ? 2 * Self.pageSize : 1 << 20)
    hasStarted = startsAtOnce
    if startsAtOnce { stream.start(at: self.initial) }
  }

  /// The stream's byte at a place, so that a misplaced one is seen.
  private static func content(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: index &* 167 &+ index >> 8) }

  mutating func step(_ script: inout InputScript) {
    let operation = script.byte()
    if operation & 0x80 == 0 {
      let offset = operation & 0x40 != 0 ? position + Int(script.byte()) - 64 : script.word() % (Self.window - 2200)
      let length = operation & 0x20 != 0 ? Int(script.byte()) * 8 : Int(script.byte()) & 0x1f
      let cut = operation & 0x10 != 0 ? Int(script.byte()) & 0x3f : 0
      accept(max(0, offset), min(length, Self.window - max(0, offset) - 64), cut: cut)
    } else {
      acknowledge(operation & 0x40 != 0 ? position + Int(script.byte()) : script.word() % Self.window)
    }
    claim(stream.reservedBytes <= (isTight ? 2 : 256) * (Self.pageSize + Self.pageSize / 8), "memory is bounded")
    claim(stream.nextSequenceNumber.map { $0 - initial } ?? 0 == seen, "the next number is behind what was seen")
    guard !isTight else { return }
    claim(seen == position, "delivered up to \(seen), the model says \(position)")
    claim(stream.bufferedBytes == waiting, "\(stream.bufferedBytes) bytes wait, the model says \(waiting)")
  }

  private mutating func accept(_ start: Int, _ length: Int, cut: Int) {
    guard length >= 0 else { return }
    if !hasStarted {
      // The first segment says where the stream begins: keep the model's numbers.
      hasStarted = true
      stream.start(at: initial)
    }
    let payload = (start..<start + length).map(Self.content)
    let span = payload.span
    var deliveries = Deliveries(next: seen)
    _ = unsafe stream.accept(span.bytes, at: initial + start, payloadLength: length + cut) { deliveries.add($0) }
    seen = deliveries.next
    guard length > 0 || cut > 0, start + length + cut > position else { return }
    for index in max(start, position)..<max(start + length, position) where !present[index] {
      present[index] = true
      waiting += 1
    }
    if cut > 0, start + length + cut > max(cutEnd, start + length) { cutEnd = max(cutEnd, start + length + cut) }
    advance()
  }

  private mutating func acknowledge(_ number: Int) {
    guard hasStarted else { return }
    var deliveries = Deliveries(next: seen)
    var skipped = 0
    stream.acknowledge(upTo: initial + number) { count in
      claim(count > 0, "a gap has a length")
      skipped = count
    } deliver: { span in
      deliveries.next += skipped
      skipped = 0
      deliveries.add(span)
    }
    seen = deliveries.next + skipped
    while position < number {
      let next = waiting > 0 ? present[position...].firstIndex(of: true) : nil
      guard let target = next ?? (cutEnd > position ? cutEnd : nil), target <= number else { break }
      position = target
      advance()
    }
  }

  private mutating func advance() {
    while position < Self.window, present[position] {
      present[position] = false
      waiting -= 1
      position += 1
    }
  }

  /// Checks that bytes come in order and are those of their places.
  private struct Deliveries {
    var next: Int

    mutating func add(_ span: RawSpan) {
      for index in 0..<span.byteCount {
        let byte = unsafe span.unsafeLoad(fromByteOffset: index, as: UInt8.self)
        claim(byte == ReassemblyRun.content(next), "byte \(next) of the stream is the one that was sent")
        next += 1
      }
    }
  }
}
