import Foundation
import Testing

/// The capture once more, with verdicts as comments.
@Suite struct AnnotationTests {
  private static let tshark = "needs tshark and capinfos"
  private static let hasTools = LiveLab.hasTshark && FileManager.default.isExecutableFile(atPath: "/usr/bin/capinfos")

  /// The comments of each frame, as tshark shows them, and of the capture, as capinfos does.
  private func comments(_ path: String) throws -> (frames: [String: String], capture: String) {
    let shown = try Program.shell(
      "/usr/bin/tshark -n -r '\(path)' -Y frame.comment -T fields -e frame.number -e frame.comment 2>/dev/null")
    let frames = shown.output.split(separator: "\n").map { $0.split(separator: "\t", maxSplits: 1).map(String.init) }
    let capture = try Program.shell("LC_ALL=C.UTF-8 /usr/bin/capinfos -k '\(path)'").output
    return (Dictionary(uniqueKeysWithValues: frames.map { ($0[0], $0.count > 1 ? $0[1] : "") }), capture)
  }

  private static let failing = Sample.failing("version")
  private static let commands = [
    ["analyze", failing], ["show", failing], ["diff", Sample.working("version"), failing],
    ["analyze", failing, "--filter", "port 9443", "--jobs", "4"],
  ]

  @Test(.enabled(if: hasTools, "needs tshark and capinfos"), arguments: commands)
  func tsharkShowsTheVerdictAtTheFramesThatProveIt(_ command: [String]) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("out.pcapng").path
    let run = try Program.run(command + ["--annotate", path])
    #expect(run.status == 1 && run.errors.isEmpty, "\(run.errors)")
    let shown = try comments(path)
    #expect(shown.frames.keys.sorted() == ["4", "6"])
    #expect(shown.frames["6"]?.hasPrefix("✗ No TLS version in common: ") == true)
    #expect(shown.frames["6"]?.contains("(certain, tls.version, connection 1)") == true)
    #expect(shown.frames["6"]?.contains("server alert protocol_version (70)") == true)
    #expect(shown.frames["4"] == "the ClientHello offers TLS 1.2 (tls.version, connection 1)")
    #expect(shown.capture.contains("tlswhy 0.1.0: "))
    #expect(shown.capture.contains("tls.version"))
  }

  @Test(.enabled(if: hasTools, "needs tshark and capinfos"), arguments: Sample.names)
  func allFramesAreThereAsTheyWere(_ name: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("out.pcapng").path
    _ = try Program.run(["diff", Sample.working(name), Sample.failing(name), "--annotate", path])
    let fields =
      "-T fields -e frame.number -e frame.time_epoch -e frame.len -e frame.cap_len -e tcp.stream -e tcp.payload"
    let before = try Program.shell("/usr/bin/tshark -n -r '\(Sample.failing(name))' \(fields) 2>/dev/null").output
    let after = try Program.shell("/usr/bin/tshark -n -r '\(path)' \(fields) 2>/dev/null").output
    #expect(before == after && !before.isEmpty)
    // The same is said of it, and its own comments stay when it is annotated again.
    let again = folder.url.appendingPathComponent("again.pcapng").path
    _ = try Program.run(["analyze", path, "--annotate", again])
    let (first, second) = (try comments(path), try comments(again))
    for (frame, text) in first.frames { #expect(second.frames[frame]?.hasPrefix(text) == true) }
  }

  @Test(.enabled(if: hasTools, "needs tshark and capinfos"))
  func secretsAndCommentsOfTheCaptureStay() throws {
    let folder = try TemporaryFolder()
    let keys = try String(
      contentsOf: Program.root.appendingPathComponent("samples/version/working.keylog"), encoding: .utf8)
    let made = folder.url.appendingPathComponent("made.pcapng").path
    _ = try Program.shell(
      "/usr/bin/editcap --inject-secrets tls,samples/version/working.keylog --capture-comment 'mine' '\(Sample.working("version"))' '\(made)'"
    )
    let path = folder.url.appendingPathComponent("out.pcapng").path
    #expect(try Program.run(["show", made, "--annotate", path]).status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.range(of: Data(keys.split(separator: "\n").last.map(String.init)?.utf8 ?? "".utf8)) != nil)
    #expect(try comments(path).capture.contains("mine"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test(arguments: HostileCapture.places.keys.sorted())
  func commentsHoldNothingThatActsOnATerminal(_ place: String) throws {
    let folder = try TemporaryFolder()
    let frames = try #require(HostileCapture.places[place])
    let capture = try folder.add("in.pcap", Sample.capture(of: frames))
    let path = folder.url.appendingPathComponent("out.pcapng")
    _ = try Program.run(["analyze", "--all", capture.path, "--annotate", path.path])
    var bytes = try Data(contentsOf: path)
    // Frames hold what they hold; all that this program has added is text.
    for frame in frames {
      while let range = bytes.range(of: Data(frame)) { bytes.removeSubrange(range) }
    }
    #expect(bytes.range(of: Data("\u{1b}]0;o".utf8)) == nil)
    #expect(bytes.range(of: Data("\u{202e}".utf8)) == nil)
  }

  @Test func whatCannotBeAnnotatedIsRefused() throws {
    let folder = try TemporaryFolder()
    let input = try folder.add("in.pcap", Sample.bytes(Self.failing))
    let link = folder.url.appendingPathComponent("link.pcapng")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: input)
    let out = folder.url.appendingPathComponent("out").path
    let refused = [
      ["analyze", input.path, "--annotate", input.path], ["analyze", input.path, "--annotate", link.path],
      ["show", input.path, "--annotate", link.path],
      ["diff", Sample.working("version"), input.path, "--annotate", link.path],
      ["diff", input.path, Self.failing, "--annotate", input.path], ["analyze", "samples", "--annotate", out],
      ["analyze", "-", "--annotate", out], ["analyze", input.path, "--annotate", "-"],
      ["analyze", input.path, "--annotate", out, "--output", out], ["capture", "--annotate", out],
      ["capture", "-w", out, "--annotate", out], ["capture", "-w", "-", "--annotate", out],
    ]
    for arguments in refused {
      let run = try Program.run(arguments)
      #expect(run.status == 2, "\(arguments): \(run.errors)")
      #expect(try Data(contentsOf: input) == Sample.bytes(Self.failing))
      #expect(!FileManager.default.fileExists(atPath: out))
    }
  }

  @Test func whatIsReadOfADamagedCaptureIsAnnotated() throws {
    let folder = try TemporaryFolder()
    let bytes = try Sample.bytes(Self.failing)
    let cut = try folder.add("cut.pcap", bytes.dropLast(10))
    let path = folder.url.appendingPathComponent("out.pcapng")
    let run = try Program.run(["analyze", cut.path, "--annotate", path.path])
    #expect(run.status == 3)
    #expect(try Data(contentsOf: path).range(of: Data("✗ No TLS version in common".utf8)) != nil)
  }

  @Test(.enabled(if: LiveLab.isAvailable && hasTools, "needs root, tshark and capinfos"))
  func aLiveCaptureIsAnnotatedWhenItEnds() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443 -tls1_3
      capture live -i lo -w live.pcapng --annotate out.pcapng port 8443
      curl -sk --tls-max 1.2 https://localhost:8443/; await live.out tls.version
      kill -INT $capture; wait $capture; echo "status $?"
      tshark -n -r out.pcapng -Y frame.comment -T fields -e frame.comment 2>/dev/null
      LC_ALL=C.UTF-8 capinfos -k out.pcapng; stat -c %a out.pcapng
      cmp <(tshark -n -r live.pcapng 2>/dev/null) <(tshark -n -r out.pcapng 2>/dev/null) && echo same
      """)
    #expect(run.output.hasPrefix("status 1\n"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("✗ ") && run.output.contains("tls.version, connection"))
    #expect(run.output.contains(" 1 failed"))
    #expect(run.output.hasSuffix("600\nsame\n"), "\(run.output)")
  }
}
