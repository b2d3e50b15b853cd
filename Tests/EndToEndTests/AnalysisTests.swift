import Foundation
import Testing

@testable import TlswhyCommand

/// What surrounds the analysis of many captures: which files, which order, how far.
@Suite struct AnalysisTests {
  @Test func foldersGiveTheirCapturesSortedAndFilesStayAsNamed() throws {
    let folder = try TemporaryFolder()
    for name in ["b.pcap", "a.pcapng.gz", "c.txt", ".hidden.pcap", "deep/d.cap", "deep/e.pcap12", "deep/deeper/f.PCAP"]
    {
      let url = folder.url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: url)
    }
    let path = folder.url.path
    let expected = ["a.pcapng.gz", "b.pcap", "deep/d.cap", "deep/deeper/f.PCAP", "deep/e.pcap12"].map {
      "\(path)/\($0)"
    }
    #expect(try InputFiles.expand(["x.pcap", path, "-"]) == ["x.pcap"] + expected + ["-"])
    #expect(try InputFiles.expand([path + "/"]) == expected)
    #expect(throws: Failure.self) { try InputFiles.expand([path + "/deep/deeper", "docs"]) }
  }

  @Test func aFolderThatLeadsBackToItselfComesToAnEnd() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.url.appendingPathComponent("a.pcap"))
    for name in ["loop", "again"] {
      try FileManager.default.createSymbolicLink(
        at: folder.url.appendingPathComponent(name), withDestinationURL: folder.url)
    }
    #expect(try InputFiles.expand([folder.url.path]) == [folder.url.path + "/a.pcap"])
  }

  @Test func anInputIsNeverWrittenOver() throws {
    let folder = try TemporaryFolder()
    let bytes = try Sample.bytes(Sample.failing("version"))
    let capture = try folder.add("a.pcap", bytes)
    let link = folder.url.appendingPathComponent("b.txt")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: capture)
    let commands = [
      ["analyze", capture.path], ["analyze", folder.url.path], ["show", capture.path],
      ["diff", Sample.working("version"), capture.path],
      ["analyze", Sample.failing("version"), "--keylog", capture.path],
    ]
    for command in commands {
      for output in [capture.path, link.path] {
        let run = try Program.run(command + ["--output", output])
        #expect(run.status == 2, "\(command)")
        #expect(run.errors.contains("is an input too"), "\(run.errors)")
        #expect(try Data(contentsOf: capture) == bytes)
      }
    }
  }

  @Test func aReportIsKeptUntilThereIsANewOne() throws {
    let folder = try TemporaryFolder()
    let report = try folder.add("report.json", Data("the old report, which is long enough to be seen".utf8))
    let refused = try Program.run([
      "analyze", Sample.failing("version"), "--filter", "((", "--format", "json", "--output", report.path,
    ])
    #expect(refused.status == 2)
    #expect(try String(contentsOf: report, encoding: .utf8).hasPrefix("the old report"))
    let written = try Program.run(["analyze", Sample.failing("version"), "--format", "json", "--output", report.path])
    #expect(written.status == 1)
    #expect(try String(contentsOf: report, encoding: .utf8).hasPrefix("{\"schema\""))
    // Nothing to tell is an empty report, not the old one.
    let empty = try Program.run([
      "analyze", Sample.failing("version"), "--filter", "port 9", "--format", "json", "--output", report.path,
    ])
    #expect(empty.status == 0)
    #expect(try Data(contentsOf: report).isEmpty)
  }

  @Test func progressSaysHowFarHowFastAndHowLong() {
    #expect(Progress.line(read: 0, of: nil, after: .seconds(2)) == "0 B, 0 B/s")
    #expect(Progress.line(read: 3_000_000, of: nil, after: .seconds(2)) == "3.0 MB, 1.5 MB/s")
    #expect(
      Progress.line(read: 250_000_000, of: 1_000_000_000, after: .seconds(2))
        == "250 MB of 1.0 GB, 25 %, 125 MB/s, 6 s left")
    #expect(Progress.line(read: 1, of: 10_000_000, after: .seconds(9)).hasSuffix("h left"))
    #expect(Progress.line(read: 20, of: 10, after: .zero).contains("100 %"))
  }

  @Test func everyFormatIsTheSameWhateverTheNumberOfThreads() throws {
    for format in ["text", "html", "markdown"] {
      let alone = try Program.run(["analyze", "samples", "--format", format, "--jobs", "1"])
      let together = try Program.run(["analyze", "samples", "--format", format, "--jobs", "4"])
      #expect(alone.output == together.output && !alone.output.isEmpty)
      #expect(alone.status == 1 && together.status == 1)
    }
  }

  @Test func aFileThatCannotBeReadDoesNotStopTheOthers() throws {
    for jobs in ["1", "4"] {
      let run = try Program.run([
        "analyze", "nowhere.pcap", Sample.failing("version"), "docs/json.md", Sample.working("version"), "--format",
        "json", "--jobs", jobs,
      ])
      #expect(run.status == 3)
      #expect(run.complaints.count == 2)
      #expect(run.output.split(separator: "\n").count >= 2)
    }
  }

  @Test func aBadFilterIsToldOnceForAllFiles() throws {
    for jobs in ["1", "4"] {
      let run = try Program.run(["analyze", "samples", "--filter", "prot 443", "--jobs", jobs])
      #expect(run.status == 2)
      #expect(run.complaints.count == 1)
    }
  }
}
