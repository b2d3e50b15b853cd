import Foundation
import Testing

/// What cannot be read is said in one line, and what was read before the damage is still reported.
@Suite struct BadInputTests {
  private static let commands = [["analyze"], ["show"], ["diff", Sample.working("version")]]

  private func expectRefusal(of path: String, _ words: String) throws {
    for command in Self.commands {
      let run = try Program.run(command + [path])
      #expect(run.status == 3, "\(command)")
      #expect(run.complaints.count == 1, "\(run.errors)")
      #expect(run.errors.hasPrefix("tlswhy: \(path): "), "\(run.errors)")
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }

  private func expectRefusal(of bytes: [UInt8], _ words: String) throws {
    let folder = try TemporaryFolder()
    try expectRefusal(of: folder.add("capture.pcap", Data(bytes)).path, words)
  }

  @Test func aMissingFileEndsIn3() throws { try expectRefusal(of: "/no/such/file.pcap", "no such file") }
  @Test func aDirectoryWithoutCapturesEndsIn3() throws {
    for command in [["show"], ["diff", Sample.working("version")]] {
      let run = try Program.run(command + ["samples"])
      #expect(run.status == 3 && run.errors.hasPrefix("tlswhy: samples: ") && run.errors.contains("is a directory"))
    }
    let run = try Program.run(["analyze", "docs"])
    #expect(run.status == 3 && run.complaints.count == 1)
    #expect(run.errors.hasPrefix("tlswhy: docs: no captures in this folder"))
  }

  @Test func aDirectoryOfCapturesIsReadInOrderWhateverTheNumberOfThreads() throws {
    let alone = try Program.run(["analyze", "samples", "--format", "json", "--jobs", "1"])
    #expect(alone.status == 1)
    #expect(alone.output.split(separator: "\n").count >= 10)
    for jobs in ["2", "3", "8"] {
      let together = try Program.run(["analyze", "samples", "--format", "json", "--jobs", jobs])
      #expect(together.status == 1)
      #expect(together.output == alone.output)
    }
    #expect(try Program.run(["analyze", "samples", "--jobs", "0"]).status == 2)
  }
  @Test func anEmptyFileEndsIn3() throws { try expectRefusal(of: [], "empty") }
  @Test func textEndsIn3() throws { try expectRefusal(of: Array("hello, world\n".utf8), "text") }
  @Test func aPictureEndsIn3() throws {
    try expectRefusal(of: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] + Array("IHDR".utf8), "PNG")
  }
  @Test func anArchiveEndsIn3() throws {
    try expectRefusal(of: [0x50, 0x4b, 3, 4] + Array(repeating: 0, count: 40), "zip archive")
  }
  @Test func halfAHeaderEndsIn3() throws {
    try expectRefusal(of: [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], "in the middle of its header")
  }

  @Test func whereLibpcapIsNotInstalledFilesAreReadAllTheSame() throws {
    // An empty file of its name is found before the library is, and is none.
    let folder = try TemporaryFolder()
    for name in ["libpcap.so.0.8", "libpcap.so.1"] { _ = try folder.add(name, Data()) }
    let environment = ["LD_LIBRARY_PATH": folder.url.path]
    let read = try Program.run(["analyze", Sample.failing("version")], environment: environment)
    #expect(try read.output == Program.run(["analyze", Sample.failing("version")]).output)
    for command in [["analyze", "-f", "tcp", Sample.failing("version")], ["interfaces"], ["capture", "-i", "lo"]] {
      let run = try Program.run(command, environment: environment)
      #expect(run.status == 3, "\(command)")
      #expect(run.complaints.count == 1, "\(run.errors)")
      #expect(run.errors.contains("need libpcap, which is not installed"), "\(run.errors)")
    }
  }

  @Test func aMissingKeyLogOrLogEndsIn3() throws {
    for option in ["--keylog", "--client-log", "--server-log"] {
      let run = try Program.run(["analyze", Sample.failing("version"), option, "/no/such/log"])
      #expect(run.status == 3)
      #expect(run.complaints.count == 1)
      #expect(run.errors.contains("/no/such/log"))
    }
  }

  @Test(arguments: Sample.names)
  func aFileThatIsCutShortReportsWhatItHolds(_ name: String) throws {
    let whole = try Sample.bytes(Sample.failing(name))
    let offsets = Sample.frameOffsets(whole)
    let last = offsets.count - 1
    let folder = try TemporaryFolder()
    let path = try folder.add("cut.pcap", whole.prefix(offsets[last] - 5)).path

    let run = try Program.run(["analyze", path, "--format", "json"])
    #expect(run.status == 3)
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains("frame \(last) (byte \(offsets[last - 1]))"), "\(run.errors)")
    let complete = try Program.run(["analyze", Sample.failing(name), "--format", "json"])
    #expect(try run.objects().count == complete.objects().count)
  }

  @Test func aComparisonWithACutFileRestsOnWhatItHolds() throws {
    let whole = try Sample.bytes(Sample.failing("version"))
    let folder = try TemporaryFolder()
    let path = try folder.add("cut.pcap", whole.dropLast(3)).path
    for command in [["diff", Sample.working("version"), path], ["show", path], ["analyze", path]] {
      let run = try Program.run(command)
      #expect(run.complaints.count == 1)
      #expect(run.output.contains("tls.version"))
      #expect(run.status == 3)
    }
  }

  @Test(arguments: Sample.names)
  func noCutOfACaptureCrashes(_ name: String) throws {
    let whole = try Sample.bytes(Sample.failing(name))
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("cut.pcap").path
    for count in stride(from: 24, to: whole.count, by: max(1, whole.count / 12)) {
      _ = try folder.add("cut.pcap", whole.prefix(count))
      let run = try Program.run(["analyze", path, "--format", "json"])
      #expect(!run.wasKilled)
      #expect([0, 1, 3].contains(run.status))
      #expect(run.complaints.count <= 1)
      _ = try run.objects()
    }
  }

  @Test func anUnknownLinkTypeIsNamedWithItsCount() throws {
    var bytes = try Sample.bytes(Sample.failing("version"))
    bytes[20] = 147
    let folder = try TemporaryFolder()
    let run = try Program.run(["analyze", try folder.add("user.pcap", bytes).path])
    #expect(!run.wasKilled)
    #expect((run.output + run.errors).contains("147"), "\(run.output)\(run.errors)")
  }

  @Test func aCaptureWithoutTLSSaysSo() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("ntp.pcap", Sample.capture(of: [Sample.datagram, Sample.datagram])).path
    let analysis = try Program.run(["analyze", path])
    #expect(analysis.status == 0)
    #expect(analysis.output.contains("0 connections"))
    #expect(try Program.run(["analyze", path, "--format", "json"]).output.isEmpty)

    let shown = try Program.run(["show", path])
    #expect(shown.status == 3)
    #expect(shown.complaints.count == 1)
    #expect(shown.errors.contains("no TLS connection in 2 frames"))

    let comparison = try Program.run(["diff", Sample.working("version"), path, "--format", "json"])
    #expect(comparison.status == 1)
    let causes = try #require(comparison.objects().first?["causes"] as? [[String: Any]])
    #expect(causes.first?["code"] as? String == "capture.incomplete")
  }

  @Test func aFileThatCannotBeReadDoesNotHideTheOthers() throws {
    let run = try Program.run(["analyze", "/no/such/file.pcap", Sample.failing("version"), "--format", "json"])
    #expect(run.status == 3)
    #expect(run.complaints.count == 1)
    #expect(try run.objects().count == 1)
  }

  @Test func anOutputThatCannotBeWrittenIsOneLine() throws {
    let run = try Program.run(["analyze", Sample.failing("version"), "--output", "/no/such/folder/report.txt"])
    #expect(run.status == 3)
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains("/no/such/folder/report.txt: cannot be written"))
  }
}
