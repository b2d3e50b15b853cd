import Foundation
import Testing

@testable import TlswhyCommand

/// What is read is never written to, and has an end.
@Suite struct InputSafetyTests {
  /// `in.pcap` fails, `other.pcap` works, `hard.pcap` and `soft.pcap` are the first by other names.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.add("in.pcap", Sample.bytes(Sample.failing("version")))
    _ = try folder.add("other.pcap", Sample.bytes(Sample.working("version")))
    try FileManager.default.linkItem(
      at: folder.url.appendingPathComponent("in.pcap"), to: folder.url.appendingPathComponent("hard.pcap"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("soft.pcap").path, withDestinationPath: "in.pcap")
    return folder
  }

  @Test(arguments: [
    "analyze - -o in.pcap < in.pcap", "analyze - -o soft.pcap < hard.pcap", "analyze - < in.pcap >> in.pcap",
    "analyze in.pcap >> in.pcap", "analyze other.pcap in.pcap >> hard.pcap", "analyze in.pcap -o hard.pcap",
    "analyze in.pcap -o soft.pcap", "analyze . -o in.pcap", "analyze . --jobs 2 >> in.pcap",
    "analyze in.pcap 2>> in.pcap", "analyze in.pcap >> in.pcap 2>&1", "analyze /dev/stdin -o in.pcap < in.pcap",
    "show in.pcap -o in.pcap", "show - -o in.pcap < in.pcap", "show in.pcap >> in.pcap",
    "diff other.pcap in.pcap -o in.pcap", "diff in.pcap other.pcap -o hard.pcap",
    "diff other.pcap - -o in.pcap < in.pcap",
    "diff - other.pcap >> in.pcap < in.pcap", "diff in.pcap -o soft.pcap",
    "analyze other.pcap --keylog in.pcap -o in.pcap", "analyze other.pcap --keylog - -o in.pcap < in.pcap",
    "show other.pcap --client-log in.pcap -o hard.pcap", "diff other.pcap other.pcap --server-log in.pcap >> in.pcap",
    "record -o in.pcap --keylog in.pcap -- true", "record -o ./new.pcap --keylog new.pcap -- true",
    "compare --working true --failing true --server-log in.pcap -o soft.pcap",
    "compare --working true --failing true --server-log in.pcap >> in.pcap",
    "compare --working true --failing true --keep . -o ./failing.pcapng",
    "compare --working true --failing true --keep . --server-log working.pcapng",
  ])
  func whatIsReadIsNotWrittenTo(_ command: String) throws {
    let folder = try folder()
    let run = try Program.shell("cd '\(folder.url.path)' && tlswhy \(command)")
    #expect(run.status == 2 && !run.wasKilled, "\(run.errors)")
    let file = folder.url.appendingPathComponent("in.pcap")
    #expect(try Data(contentsOf: file) == Sample.bytes(Sample.failing("version")))
    #expect((run.output + run.errors).split(separator: "\n").count <= 1, "\(run.output)\(run.errors)")
  }

  @Test func anOutputThatIsNoInputIsWrittenHoweverItIsRedirected() throws {
    let folder = try folder()
    let expected = try Program.run(["analyze", Sample.failing("version")]).output
    let run = try Program.shell(
      """
      cd '\(folder.url.path)' && tlswhy analyze - < in.pcap -o new; tlswhy analyze in.pcap >> new
      tlswhy analyze - -o - < in.pcap >> new; tlswhy analyze in.pcap > /dev/null 2> /dev/null; cat new
      """)
    // The last line of each names the capture.
    func verdicts(_ text: String) -> [Substring] { text.split(separator: "\n").filter { !$0.contains(" TCP conn") } }
    let once = verdicts(expected).filter { $0 != "connection" }
    #expect(once.count > 5)
    #expect(verdicts(run.output) == once + once + once)
  }

  @Test(arguments: [
    "capture -i lo -w a.pcapng -o ./a.pcapng", "capture -i lo -w a.pcapng -o b",
    "capture -i lo -w a.pcapng >> a.pcapng",
    "capture -i lo -w a.pcapng --rotate 1M -o a-00002.pcapng",
  ])
  func packetsAndResultsDoNotShareAFile(_ command: String) throws {
    let folder = try TemporaryFolder()
    let run = try Program.shell("cd '\(folder.url.path)' && touch a.pcapng && ln -s a.pcapng b && tlswhy \(command)")
    #expect(run.status == 2)
    #expect(run.errors.contains("cannot share"), "\(run.errors)")
  }

  // MARK: An end

  @Test func pipesAndDevicesInAFolderAreLeftOut() throws {
    let folder = try folder()
    let run = try Program.shell(
      """
      cd '\(folder.url.path)' && rm hard.pcap soft.pcap && mkfifo a.pcap && ln -s /dev/zero z.pcapng
      timeout 20 \(Program.executable.path) analyze . --format json
      """)
    #expect(run.status == 1)
    #expect(try run.objects().count == 2)
    #expect(run.complaints.count == 2)
    for name in ["a.pcap", "z.pcapng"] {
      #expect(run.errors.contains("tlswhy: ./\(name): is a pipe, a socket or a device, and no file; left out"))
    }
  }

  @Test func aLogThatGrowsFasterThanItIsReadHasAnEnd() throws {
    let folder = try TemporaryFolder()
    let line = Data(repeating: UInt8(ascii: "x"), count: 999) + Data("\n".utf8)
    let file = try folder.add("server.log", line)
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    var (bytes, pieces) = (0, 0)
    try TextFile.read(file.path) { piece in
      bytes += piece.count
      pieces += 1
      // What would go on for long fails instead.
      if pieces < 100 { handle.write(Data(repeating: UInt8(ascii: "y"), count: 600_000)) }
    }
    #expect(bytes == 1000 && pieces == 1)
  }

  // MARK: A limit

  @Test(arguments: ["json", "text"])
  func aFileThatMayGrowNoFurtherKeepsWholeLines(_ format: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("out")
    for (command, limit) in [
      ("analyze samples", 12), ("analyze samples --jobs 1", 12), ("show \(Sample.failing("version"))", 2),
    ] {
      let run = try Program.shell(
        "ulimit -f \(limit); tlswhy \(command) --verbose --format \(format) -o '\(file.path)'")
      #expect(run.status == 3 && !run.wasKilled, "\(command) \(run.status)")
      #expect(run.errors == "tlswhy: output cannot be written: File too large\n")
      let written = try String(contentsOf: file, encoding: .utf8)
      #expect(written.utf8.count <= limit * 1024)
      #expect(written.isEmpty || written.hasSuffix("\n"))
      let whole = try Program.run(
        command.split(separator: " ").map(String.init) + ["--verbose", "--format", format, "-o", file.path])
      #expect(whole.errors.isEmpty)
      #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix(written))
    }
  }
}
