import Dispatch
import Glibc
import NetworkValues
import PacketCapture
import Testing

@Suite struct PacketSourceTests {
  private static let capture: [UInt8] = {
    var capture = CaptureBytes()
    capture.pcapHeader()
    for port: UInt16 in [443, 80, 443] { capture.pcapRecord(ethernetFrame(to: port)) }
    return capture.bytes
  }()

  @Test func aFilterDropsFramesButKeepsTheirNumbers() throws {
    let file = TemporaryFile(Self.capture)
    var source = try PacketSource(path: file.path, filter: "tcp dst port 443")
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(frames.map(\.number) == [1, 3])
    #expect(source.framesRead == 3)
    #expect(source.framesFilteredOut == 1)
  }

  @Test func aFilterIsCompiledForEachLinkTypeOfAFile() {
    var capture = CaptureBytes()
    capture.section()
    capture.interface(linkType: 1)
    capture.interface(linkType: 101)
    capture.interface(linkType: 276)
    let cooked: [UInt8] = [8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]
    for port: UInt16 in [443, 80] {
      capture.enhancedPacket(interface: 0, ethernetFrame(to: port)) { $0.option(1, "on port \(port)") }
      capture.enhancedPacket(interface: 1, ipFrame(to: port))
      capture.enhancedPacket(interface: 2, cooked + ipFrame(to: port))
    }
    let (frames, error) = readAll(capture.bytes, filter: "tcp port 80")
    #expect(error == nil)
    #expect(frames.map(\.number) == [4, 5, 6])
  }

  @Test func commentsOfFramesThatTheFilterDropsAreDropped() throws {
    var capture = CaptureBytes()
    capture.section()
    capture.interface()
    for port: UInt16 in [443, 80] {
      capture.enhancedPacket(ethernetFrame(to: port)) { $0.option(1, "on port \(port)") }
    }
    let file = TemporaryFile(capture.bytes)
    var source = try PacketSource(path: file.path, filter: "tcp port 80")
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(source.frameComments == [FrameComment(frame: 2, text: "on port 80")])
  }

  @Test func aFilterThatDoesNotParseIsRefusedInOneLine() {
    let error = readAll(Self.capture, filter: "tcp prot 443").error
    #expect(
      error?.description
        == "filter 'tcp prot 443': can't parse filter expression: syntax error; see pcap-filter(7) for the syntax")
  }

  @Test func aFilterThatALinkTypeCannotExpressNamesTheLinkType() {
    var capture = CaptureBytes()
    capture.pcapHeader(linkType: 147)
    capture.pcapRecord([1, 2, 3])
    let error = readAll(capture.bytes, filter: "tcp port 443").error
    guard case .badFilter(let reason) = error?.kind else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(reason.contains("link type 147"))
  }

  @Test func gzipIsReadThrough() throws {
    let file = TemporaryFile(Self.capture)
    #expect(shell("gzip -k \(file.path)").status == 0)
    defer { unsafe unlink(file.path + ".gz") }
    let (frames, error) = readAll(file.path + ".gz", filter: "tcp port 443")
    #expect(error == nil)
    #expect(frames.map(\.number) == [1, 3])
  }

  @Test func severalGzipMembersAreOneCapture() {
    let first = TemporaryFile(Array(Self.capture[..<100]))
    let second = TemporaryFile(Array(Self.capture[100...]))
    let joined = TemporaryFile()
    #expect(shell("(gzip -c \(first.path); gzip -c \(second.path)) > \(joined.path)").status == 0)
    let (frames, error) = readAll(joined.path)
    #expect(error == nil)
    #expect(frames.count == 3)
  }

  @Test func zeroesBehindGzipAreIgnored() {
    let file = TemporaryFile(Self.capture)
    let padded = TemporaryFile()
    #expect(shell("(gzip -c \(file.path); head -c 600 /dev/zero) > \(padded.path)").status == 0)
    let (frames, error) = readAll(padded.path)
    #expect(error == nil)
    #expect(frames.count == 3)
  }

  @Test func gzipThatEndsEarlyIsTruncatedEvenBetweenFrames() {
    let file = TemporaryFile(Self.capture)
    let cut = TemporaryFile()
    // Only the eight bytes of checksum and length are missing.
    #expect(shell("gzip -c \(file.path) | head -c -8 > \(cut.path)").status == 0)
    let (frames, error) = readAll(cut.path)
    #expect(frames.count == 3)
    #expect(error?.kind == .truncated)
  }

  @Test func gzipThatDoesNotDecodeIsDamage() {
    let file = TemporaryFile(Self.capture)
    let broken = TemporaryFile()
    #expect(shell("(gzip -c \(file.path) | head -c 30; head -c 100 /dev/zero) > \(broken.path)").status == 0)
    #expect(readAll(broken.path).error?.kind == .badCompression("gzip: invalid stored block lengths"))
  }

  /// The eight bytes behind gzip's data are a checksum and a length; what they follow was read by then.
  @Test func gzipWithAWrongChecksumIsToldBehindItsFrames() {
    let file = TemporaryFile(Self.capture)
    let broken = TemporaryFile()
    #expect(shell("(gzip -c \(file.path) | head -c -8; head -c 8 /dev/zero) > \(broken.path)").status == 0)
    let (frames, error) = readAll(broken.path)
    #expect(frames.count == 3)
    let reason = "gzip: incorrect data check"
    #expect(error == CaptureError(.badCompression(reason), path: broken.path, frame: 3))
    #expect(
      error?.description
        == "\(broken.path): its compression is damaged behind frame 3: \(reason); every frame before that was read; "
        + "copy the file again from where it was recorded")
  }

  /// A program has read ahead, and not told yet, what it takes for good.
  @Test(.enabled(if: isInstalled("zstd"), "needs zstd"))
  func aProgramThatFailsIsToldWithItsName() {
    let file = TemporaryFile(Self.capture)
    let broken = TemporaryFile()
    #expect(shell("(zstd -qc \(file.path) | head -c -4; head -c 4 /dev/zero) > \(broken.path)").status == 0)
    let error = readAll(broken.path).error
    #expect(error?.kind == .badCompression("zstd -dc failed"))
    #expect(error?.description.contains("its compression is damaged") == true)
  }

  @Test(arguments: ["bzip2", "lz4", "xz", "zstd"].filter(isInstalled))
  func otherCompressionsAreUndoneByTheirPrograms(program: String) throws {
    let file = TemporaryFile(Self.capture)
    let packed = TemporaryFile()
    #expect(shell("\(program) -c < \(file.path) > \(packed.path)").status == 0)
    var source = try PacketSource(path: packed.path)
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(frames.count == 3)
    #expect(source.bytesRead == source.fileSize)

    // A source that is dropped halfway leaves no child behind.
    do { _ = try PacketSource(path: packed.path) }
    #expect(shell("pgrep -x -P \(getpid()) \(program)").status != 0)

    let cut = TemporaryFile(packed.contents.dropLast(6))
    #expect(readAll(cut.path).error != nil)

    let text = TemporaryFile()
    #expect(shell("echo hello | \(program) -c > \(text.path)").status == 0)
    #expect(readAll(text.path).error?.kind == .notACapture("\(program) of text"))
  }

  @Test func compressedDataFromAPipeSaysHowToDecompressIt() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    let magic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]
    #expect(unsafe magic.withUnsafeBytes { unsafe write(ends[1], $0.baseAddress, $0.count) } == 8)
    close(ends[1])
    defer { close(ends[0]) }
    #expect(readAll("/dev/fd/\(ends[0])").error?.description.contains("decompress it on the way with zstd -dc") == true)
  }

  @Test func aPipeThatDeliversByteByByteIsRead() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    let (output, input) = (ends[0], ends[1])
    defer { close(output) }
    DispatchQueue.global().async {
      for byte in Self.capture {
        var byte = byte
        unsafe write(input, &byte, 1)
      }
      close(input)
    }
    let (frames, error) = readAll("/dev/fd/\(output)")
    #expect(error == nil)
    #expect(frames.count == 3)
  }

  @Test func aPipeHasNoSize() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    let written = unsafe Self.capture.withUnsafeBytes { unsafe write(ends[1], $0.baseAddress, $0.count) }
    #expect(written == Self.capture.count)
    close(ends[1])
    defer { close(ends[0]) }
    let source = try PacketSource(path: "/dev/fd/\(ends[0])")
    #expect(source.fileSize == nil)
  }
}
