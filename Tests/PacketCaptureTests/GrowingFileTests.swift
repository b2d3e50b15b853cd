import Glibc
import NetworkValues
import PacketCapture
import Testing

/// A file is read to the size that it had when it was opened, however fast it grows.
@Suite struct GrowingFileTests {
  private static let frames = 400

  private static let capture: [UInt8] = {
    var capture = CaptureBytes()
    capture.pcapHeader()
    for number in 0..<frames { capture.pcapRecord(seconds: UInt32(number), [UInt8](repeating: 7, count: 1000)) }
    return capture.bytes
  }()

  /// Frames of a file to which `more` is added with each frame that is read.
  private func read(_ file: TemporaryFile, growingBy more: [UInt8]) throws -> Int {
    var source = try PacketSource(path: file.path)
    var count = 0
    // What would have no end fails instead.
    while count < 3 * Self.frames, try advance(&source) {
      count += 1
      file.add(more)
    }
    let (read, size) = (source.bytesRead, source.fileSize)
    #expect(read == size)
    return count
  }

  private var record: [UInt8] {
    var record = CaptureBytes()
    record.pcapRecord([UInt8](repeating: 8, count: 1000))
    return record.bytes
  }

  @Test func aPlainOne() throws {
    #expect(try read(TemporaryFile(Self.capture), growingBy: record) == Self.frames)
  }

  @Test(arguments: ["gzip", "bzip2", "lz4", "xz", "zstd"])
  func aCompressedOne(_ program: String) throws {
    guard shell("command -v \(program)").status == 0 else { return }
    // Each of them takes several streams, one behind the other, for one.
    let (plain, more) = (TemporaryFile(Self.capture), TemporaryFile(record))
    let (packed, added) = (TemporaryFile(), TemporaryFile())
    #expect(shell("\(program) -c < \(plain.path) > \(packed.path)").status == 0)
    #expect(shell("\(program) -c < \(more.path) > \(added.path)").status == 0)
    #expect(try read(packed, growingBy: added.contents) == Self.frames)
  }

  // MARK: Pipes

  /// A pipe's ends; reading is named by the path of its descriptor.
  private func pipeEnds() -> (reading: Int32, writing: Int32, path: String) {
    var ends: [Int32] = [-1, -1]
    #expect(unsafe pipe(&ends) == 0)
    return (ends[0], ends[1], "/dev/fd/\(ends[0])")
  }

  private func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) {
    let bytes = Array(bytes)
    #expect(unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }

  @Test func aPipeThatIsQuietSaysSoAndIsReadOn() throws {
    let (reading, writing, path) = pipeEnds()
    defer { close(reading) }
    write(Self.capture.prefix(24 + 1016 + 100), to: writing)
    let live = LiveInput(stopper: try CaptureStopper(), patience: .milliseconds(10))
    var source = try PacketSource(path: path, filter: nil, live: live)
    let hasFirst = try advance(&source)
    let isQuiet = quiet(&source) && quiet(&source)
    let isInside = source.holdsPartOfRecord
    #expect(hasFirst && isQuiet && isInside)
    write(Self.capture[(24 + 1016 + 100)..<(24 + 2 * 1016)], to: writing)
    let hasSecond = try advance(&source)
    let isQuietAgain = quiet(&source) && !source.holdsPartOfRecord && source.framesRead == 2
    close(writing)
    let hasMore = try advance(&source)
    #expect(hasSecond && isQuietAgain && !hasMore)
  }

  @Test func aPipeThatIsStoppedEndsBehindWhatHasArrivedWhateverItEndsIn() throws {
    for length in [24, 24 + 1016, 24 + 1016 + 100] {
      let (reading, writing, path) = pipeEnds()
      defer {
        close(reading)
        close(writing)
      }
      write(Self.capture.prefix(length), to: writing)
      let stopper = try CaptureStopper()
      stopper.stop()
      var source = try PacketSource(path: path, filter: nil, live: LiveInput(stopper: stopper))
      var count = 0
      while try advance(&source) { count += 1 }
      #expect(count == (length > 24 ? 1 : 0))
    }
  }

  @Test func aQuietPipeOfCompressedPacketsIsReadOnToo() throws {
    let packed = TemporaryFile()
    let plain = TemporaryFile(Self.capture)
    #expect(shell("gzip -c < \(plain.path) > \(packed.path)").status == 0)
    let (reading, writing, path) = pipeEnds()
    defer { close(reading) }
    let bytes = packed.contents
    write(bytes.prefix(bytes.count / 2), to: writing)
    let live = LiveInput(stopper: try CaptureStopper(), patience: .milliseconds(10))
    var source = try PacketSource(path: path, filter: nil, live: live)
    var (count, quiets) = (0, 0)
    while true {
      do throws(CaptureError) {
        guard try advance(&source) else { break }
        count += 1
      } catch {
        #expect(error.kind == .quiet)
        quiets += 1
        guard quiets < 3 else { break }
        if quiets == 2 {
          write(bytes.dropFirst(bytes.count / 2), to: writing)
          close(writing)
        }
      }
    }
    #expect(count == Self.frames && quiets == 2)
  }

  private func advance(_ source: inout PacketSource) throws(CaptureError) -> Bool {
    guard let frame = try source.next() else { return false }
    return frame.number > 0
  }

  private func quiet(_ source: inout PacketSource) -> Bool {
    do throws(CaptureError) {
      _ = try source.next()
      return false
    } catch {
      return error.kind == .quiet
    }
  }
}
