import Foundation
import Testing

/// Wrong words on the command line of the live commands, and `interfaces`. None of it needs privileges.
@Suite struct LiveUsageTests {
  @Test(arguments: [
    "capture --format html", "capture --keep 2", "capture --rotate 10M", "capture --rotate often -w x",
    "capture -w - --rotate 10M", "capture -w - --format json", "capture -c 0", "capture --duration soon",
    "capture -B 0", "capture -B 1", "capture -B 2047", "capture -B 2097152", "capture --duration 0",
    "capture --duration 0ms", "capture -s -1", "record -o - -- true", "record -o x", "record -- true",
    "compare --working true",
    "interfaces --format html",
  ])
  func wrongUsageIsSaidAndLeavesNothingBehind(_ line: String) throws {
    let run = try Program.run(line.split(separator: " ").map(String.init))
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(!run.errors.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: Program.root.appendingPathComponent("x").path))
  }

  @Test(.enabled(if: LiveLab.isAvailable, "needs root"))
  func aMissingInterfaceAndABadFilterAreOneLineEach() throws {
    let missing = try LiveLab.run("\"$tlswhy\" capture -i eht0; echo \"status $?\"")
    #expect(missing.output == "status 3\n")
    #expect(missing.complaints == ["tlswhy: eht0: no such network interface; list them with: tlswhy interfaces"])
    let filter = try LiveLab.run(
      "\"$tlswhy\" capture -i lo -w x.pcapng prot 443; echo \"status $?\"; ls *.pcapng 2>/dev/null")
    #expect(filter.output == "status 2\n")
    #expect(filter.complaints.count == 1)
    #expect(filter.errors.contains("filter 'prot 443': "))
  }

  @Test func interfacesAreListedAsTextAndAsJSON() throws {
    let text = try Program.run(["interfaces"])
    #expect(text.status == 0)
    #expect(text.output.contains(#/(?m)^lo /#))
    #expect(text.output.contains("* is what capture chooses by itself\n"))
    let objects = try Program.run(["interfaces", "--format", "json"]).objects()
    let loopback = try #require(objects.first { $0["name"] as? String == "lo" })
    #expect(loopback["schema"] as? String == "tlswhy.interface/1")
    #expect(loopback["loopback"] as? Bool == true)
    #expect(loopback["addresses"] is [String])
    #expect(objects.first?["default"] as? Bool == true)
    #expect(objects.count { $0["default"] as? Bool == true } == 1)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/tcpdump"), "needs tcpdump"))
  func theDefaultIsTcpdumps() throws {
    let listed = try Program.shell("/usr/bin/tcpdump -D").output.split(separator: "\n").first
    let name = try #require(listed?.split(separator: " ").first?.split(separator: ".").last)
    let chosen = try Program.run(["interfaces", "--format", "json"]).objects().first { $0["default"] as? Bool == true }
    #expect(chosen?["name"] as? String == String(name))
  }
}
