import Glibc
import NetworkValues
import PacketCapture
import Testing

@Suite struct CaptureWriterTests {
  private func frame(_ bytes: [UInt8], _ body: (borrowing Frame) throws -> Void) rethrows {
    let span = bytes.span
    try body(
      Frame(
        number: 1, timestamp: Timestamp(nanoseconds: 1_700_000_000_123_456_789), linkType: .ethernet,
        originalLength: bytes.count + 10, bytes: unsafe span.bytes))
  }

  private func writeSample(to path: String) throws {
    var writer = try CaptureWriter(path: path, comments: ["curl https://a.example", "zweite Zeile: ü"])
    try writer.write(secrets: Array("CLIENT_RANDOM 00 11\n".utf8))
    try writer.addInterface(
      CaptureInterface(name: "eth0", description: "LAN", linkType: .ethernet, snapLength: 262_144, filter: "tcp"))
    try writer.addInterface(CaptureInterface(name: "tun0", linkType: .raw))
    try frame(ethernetFrame()) { try writer.write($0, comment: "the SYN") }
    try frame(ethernetFrame(to: 80)) { try writer.write($0) }
    let ip = ipFrame()
    let span = ip.span
    try writer.write(
      Frame(
        number: 3, timestamp: Timestamp(nanoseconds: 1_700_000_001_000_000_000), linkType: .raw, interface: 1,
        originalLength: ip.count, bytes: unsafe span.bytes))
    #expect(writer.framesWritten == 3)
    try writer.finish(
      statistics: [InterfaceStatistics(received: 10, droppedByKernel: 2, droppedByInterface: 1)],
      comments: ["exit code 60"])
  }

  @Test func whatWasWrittenIsReadBack() throws {
    let file = TemporaryFile(suffix: ".pcapng")
    try writeSample(to: file.path)
    var source = try PacketSource(path: file.path)
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(frames.map(\.bytes) == [ethernetFrame(), ethernetFrame(to: 80), ipFrame()])
    #expect(frames.map(\.linkType) == [.ethernet, .ethernet, .raw])
    #expect(frames.map(\.interface) == [0, 0, 1])
    #expect(frames.first?.nanoseconds == 1_700_000_000_123_456_789)
    #expect(frames.first?.originalLength == ethernetFrame().count + 10)
    #expect(source.frameComments == [FrameComment(frame: 1, text: "the SYN")])
    #expect(source.comments == ["curl https://a.example", "zweite Zeile: ü", "exit code 60"])
    #expect(source.application == "tlswhy")
    #expect(source.takeSecrets() == [Array("CLIENT_RANDOM 00 11\n".utf8)])
    #expect(
      source.interfaces == [
        CaptureInterface(
          name: "eth0", description: "LAN", linkType: .ethernet, snapLength: 262_144, filter: "tcp", received: 10,
          dropped: 3),
        CaptureInterface(name: "tun0", linkType: .raw),
      ])
  }

  @Test(.enabled(if: isInstalled("tshark"), "tshark is not installed"))
  func tsharkReadsEveryFieldOfIt() throws {
    let file = TemporaryFile(suffix: ".pcapng")
    try writeSample(to: file.path)
    let fields = "-e frame.number -e frame.time_epoch -e frame.interface_name -e frame.comment -e tcp.dstport"
    let result = shell("tshark -n -r \(file.path) -T fields \(fields) 2>&1 | grep -v 'Running as user'")
    #expect(
      result.output == """
        1\t1700000000.123456789\teth0\tthe SYN\t443
        2\t1700000000.123456789\teth0\t\t80
        3\t1700000001.000000000\ttun0\t\t443

        """)
  }

  @Test(.enabled(if: isInstalled("capinfos"), "capinfos is not installed"))
  func capinfosShowsCommentsAndInterfaces() throws {
    let file = TemporaryFile(suffix: ".pcapng")
    try writeSample(to: file.path)
    let output = shell("capinfos \(file.path) 2>&1").output
    for expected in [
      "curl https://a.example", "zweite Zeile: ü", "Capture application: tlswhy", "Name = eth0", "Description = LAN",
      "Filter string = tcp", "Time resolution = 0x09", "Number of interfaces in file: 2",
      "Number of decryption secrets in file: 1", "Number of packets:   3", "Number of stat entries = 1",
    ] {
      #expect(output.contains(expected), "capinfos says:\n\(output)")
    }
  }

  @Test func anInterfaceThatWasNotDescribedIsDescribedWithItsFirstFrame() throws {
    let file = TemporaryFile()
    var writer = try CaptureWriter(path: file.path)
    try frame([1]) { try writer.write($0) }
    try frame([2]) { try writer.write($0, interface: 7) }
    try writer.finish()
    let (frames, error) = readAll(file.path)
    #expect(error == nil)
    #expect(frames.map(\.bytes) == [[1], [2]])
    #expect(frames.map(\.interface) == [0, 0])
  }

  @Test func aCommentOnAnEmptyCaptureIsKept() throws {
    let file = TemporaryFile()
    var writer = try CaptureWriter(path: file.path)
    try writer.finish(comments: ["nothing happened"])
    try writer.finish(comments: ["twice"])
    var source = try PacketSource(path: file.path)
    #expect(try source.next() == nil)
    #expect(source.comments == ["nothing happened"])
  }

  @Test func aCommentTooLongIsCutBetweenTwoCharacters() throws {
    let file = TemporaryFile()
    var writer = try CaptureWriter(path: file.path, comments: [String(repeating: "ü", count: 40_000)])
    try writer.finish()
    var source = try PacketSource(path: file.path)
    #expect(try source.next() == nil)
    #expect(source.comments == [String(repeating: "ü", count: 32_767)])
  }

  @Test func nothingReachesTheFileBeforeAFlush() throws {
    let file = TemporaryFile()
    var writer = try CaptureWriter(path: file.path)
    #expect(file.contents.isEmpty)
    try writer.flush()
    #expect(file.contents.count == writer.bytesWritten)
    try frame([1, 2, 3]) { try writer.write($0) }
    try writer.flush()
    #expect(file.contents.count == writer.bytesWritten)
    #expect(readAll(file.path).frames.map(\.bytes) == [[1, 2, 3]])
    try writer.finish()
  }

  @Test func aWriterThatIsDroppedWritesWhatItHolds() throws {
    let file = TemporaryFile()
    do {
      var writer = try CaptureWriter(path: file.path)
      try frame([1]) { try writer.write($0) }
    }
    #expect(readAll(file.path).frames.count == 1)
  }

  @Test func onlyTheOwnerMayReadTheFile() throws {
    let file = TemporaryFile()
    unsafe unlink(file.path)
    var writer = try CaptureWriter(path: file.path)
    try writer.finish()
    #expect(shell("stat -c %a \(file.path)").output == "600\n")
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func theFileBelongsToWhomItIsWrittenFor() throws {
    let file = TemporaryFile()
    unsafe unlink(file.path)
    var writer = try CaptureWriter(path: file.path, owner: UserIdentity(user: 65_534, group: 65_534))
    try writer.finish()
    #expect(shell("stat -c %u:%g \(file.path)").output == "65534:65534\n")
  }

  @Test(.enabled(if: geteuid() == 0, "needs root")) func aFileOfSomebodyElsesIsNotWrittenTo() throws {
    let file = TemporaryFile([1])
    for owner in [UserIdentity(user: 65_534, group: 65_534), nil] {
      unsafe chown(file.path, owner == nil ? 65_534 : 0, 0)
      #expect(throws: CaptureError.self) { _ = try CaptureWriter(path: file.path, owner: owner) }
      #expect(file.contents == [1])
    }
  }

  @Test func secretsGoIntoNoFileThatOthersMayRead() throws {
    let file = TemporaryFile([1])
    unsafe chmod(file.path, 0o640)
    let error = #expect(throws: CaptureError.self) { _ = try CaptureWriter(path: file.path, contents: .secrets) }
    #expect(error?.description.contains("others may read it (mode 640)") == true)
    #expect(file.contents == [1])
    unsafe chmod(file.path, 0o600)
    var writer = try CaptureWriter(path: file.path, contents: .secrets)
    try writer.finish()
    #expect(file.contents.count > 1)
  }

  @Test func aSpoolIsAlwaysNew() throws {
    let file = TemporaryFile([1])
    #expect(throws: CaptureError.self) { _ = try CaptureWriter(path: file.path, contents: .spool) }
    #expect(file.contents == [1])
  }

  @Test func aFileThatCannotBeCreatedIsAnError() {
    let error = #expect(throws: CaptureError.self) { _ = try CaptureWriter(path: "/nonexistent/x.pcapng") }
    #expect(error?.description == "/nonexistent/x.pcapng: cannot be written: No such file or directory")
  }

  @Test func aFullDiskIsAnError() throws {
    var writer = try CaptureWriter(path: "/dev/full")
    var failure: CaptureError?
    do throws(CaptureError) { try writer.finish() } catch { failure = error }
    #expect(failure?.description == "/dev/full: cannot be written: No space left on device")
  }

  @Test func aClosedPipeIsAnError() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    var writer = try CaptureWriter(path: "/dev/fd/\(ends[1])")
    close(ends[0])
    defer { close(ends[1]) }
    var failure: CaptureError?
    do throws(CaptureError) { try writer.finish() } catch { failure = error }
    #expect(failure?.kind == .unwritable("Broken pipe"))
  }
}
