import Foundation
import Testing

/// The exit codes that --help promises.
@Suite struct ExitStatusTests {
  @Test(arguments: Sample.names)
  func twoWorkingCapturesEndIn0(_ name: String) throws {
    let run = try Program.run(["diff", Sample.working(name), Sample.working(name), "--format", "json"])
    #expect(run.status == 0)
    let causes = try #require(run.objects().first?["causes"] as? [[String: Any]])
    #expect(causes.first?["code"] as? String == "none")
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: Sample.names)
  func aDivergenceEndsIn1(_ name: String) throws {
    let run = try Program.run(["diff", Sample.working(name), Sample.failing(name)])
    #expect(run.status == 1)
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: ["version", "untrusted-ca", "untrusted-ca-tls12"])
  func aSwappedPairEndsIn1AndIsTold(_ name: String) throws {
    let run = try Program.run(["diff", Sample.failing(name), Sample.working(name), "--format", "json"])
    #expect(run.status == 1)
    let report = try #require(run.objects().first)
    #expect((report["causes"] as? [[String: Any]])?.first?["code"] as? String == "none")
    #expect((report["notes"] as? [String])?.contains { $0.hasSuffix("swap the two?") } == true)
  }

  @Test func aLogOfAnotherRunDoesNotOverruleTheHandshake() throws {
    let run = try Program.run([
      "diff", Sample.working("version"), Sample.failing("untrusted-ca"), "--client-log", "samples/version/client.log",
      "--format", "json",
    ])
    #expect(run.status == 1)
    let causes = try #require(run.objects().first?["causes"] as? [[String: Any]])
    #expect(!causes.contains { $0["code"] as? String == "tls.version" })
  }

  @Test(arguments: Sample.names)
  func aFailureInACaptureEndsIn1(_ name: String) throws {
    #expect(try Program.run(["analyze", Sample.failing(name)]).status == 1)
    #expect(try Program.run(["analyze", Sample.working("version")]).status == 0)
    #expect(try Program.run(["show", Sample.failing(name)]).status == 1)
    #expect(try Program.run(["show", Sample.working("version")]).status == 0)
  }

  @Test(arguments: [
    ["--wrong"], ["wrong"], ["diff"], ["analyze"], ["show"], ["explain"],
    ["analyze", "--wrong", "samples/version/failing.pcap"],
    ["analyze", "samples/version/failing.pcap", "--format", "yaml"],
    ["analyze", "samples/version/failing.pcap", "--color", "sometimes"],
    ["analyze", "samples/version/failing.pcap", "--filter", "prot 443"],
    ["diff", "samples/version/working.pcap", "samples/version/failing.pcap", "--filter", "tcp port"],
    ["diff", "samples/version/failing.pcap", "--working", "1"],
    ["diff", "samples/version/failing.pcap", "--working", "1", "--failing", "77"],
    ["show", "samples/version/failing.pcap", "--connection", "77"],
    ["show", "samples/version/failing.pcap", "--connection", "0"],
    ["show", "samples/version/failing.pcap", "--connection", "first"],
    ["explain", "no.such-cause"],
  ])
  func wrongUsageEndsIn2AndSaysHowItIsRight(_ arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(!run.errors.isEmpty)
  }

  @Test(arguments: [
    (["analyze", "samples/version/failing.pcap", "--filter", "prot 443"], "syntax error"),
    (["show", "samples/version/failing.pcap", "--connection", "77"], "no connection 77; it holds"),
    (["diff", "samples/version/failing.pcap", "--working", "1"], "--working N --failing M"),
    (["explain", "no.such-cause"], "cert.untrusted"),
  ])
  func wrongUsageOfTheProgramsOwnIsOneLine(_ arguments: [String], _ words: String) throws {
    let run = try Program.run(arguments)
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test(arguments: [
    ["--help"], ["--version"], ["diff", "--help"], ["analyze", "--help"], ["show", "--help"], ["explain", "--help"],
  ])
  func helpEndsIn0(_ arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 0)
    #expect(!run.output.isEmpty)
    #expect(run.errors.isEmpty)
  }

  @Test func helpNamesTheExitCodes() throws {
    let help = try Program.run(["--help"]).output
    #expect(help.contains("Exit status: 0 nothing failed, 1 failures or a divergence found, 2 wrong usage"))
  }
}
