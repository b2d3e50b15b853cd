import Testing

@testable import Diagnosis

/// Commands are pasted into shells that nobody asked about: whatever packets held, each shell reads the words that were
/// meant, and runs nothing else.
@Suite struct PastedCommandsTests {
  /// Every byte, also as a character of its own, between two letters.
  static let bytes: [String] =
    (0...255).map { "x" + String(decoding: [UInt8($0)], as: UTF8.self) + "y" }
    + (0x80...0xff).map { "x" + String(UnicodeScalar(UInt8($0))) + "y" }

  /// What ends a word, begins a command, an option, a history word or an escape, in one shell or another.
  static let nasty: [String] = [
    "\n'$(touch PWNED) #", "'; touch PWNED; '", "\\'; touch PWNED; '", "\"; touch PWNED; \"", "$(touch PWNED)",
    "`touch PWNED`", "x; touch PWNED", "x\ntouch PWNED\n", "x & touch PWNED", "x | touch PWNED", "x > PWNED", "${IFS}x",
    "\u{1b}]0;x\u{7}", "-oProxyCommand=touch PWNED", "-help", "=touch", "~root", "*", "[a-z]*", "{a,b}", "!!", "!touch",
    "^a^b", "#x", "%1", "a\\", "\\\\", "''", "'", "$'x'", "$\"x\"", "\u{202e}x", "é", "\u{fffd}", "x y", " x", "x ",
    "\t", "\r", "x:443", "[::1]", "fe80::1%eth0", "u@h", "a,b", "<(touch PWNED)", "&&touch PWNED",
    String(repeating: "x", count: 300), String((0x20...0x7e).map { Character(UnicodeScalar(UInt8($0))) }),
    String((0x20...0x7e).map { Character(UnicodeScalar(UInt8($0))) }.filter { !"'\\!".contains($0) }),
  ]

  struct Expectation {
    var command: PastedCommand
    /// The same command with harmless values.
    var harmless: PastedCommand
    var value: String
  }

  /// Each distinct command once.
  static let expectations: [Expectation] = {
    var seen: Set<String> = []
    var result: [Expectation] = []
    for allServers in [false, true] {
      let harmless = PastedCommands.confirming(.harmless, allServers: allServers)
      for value in allServers ? nasty : bytes + nasty {
        let commands = PastedCommands.confirming(.init(value), allServers: allServers)
        guard commands.count == harmless.count else { continue }
        for (command, harmless) in zip(commands, harmless) where seen.insert(command.text + "\0" + value).inserted {
          if value.isEmpty || command.text.contains("_NAME") && !seen.insert(command.text).inserted { continue }
          result.append(Expectation(command: command, harmless: harmless, value: value))
        }
      }
    }
    return result
  }()

  @Test func thereIsACommandForEveryHostileValue() {
    let harmless = PastedCommands.confirming(.harmless, allServers: true)
    #expect(harmless.count > 200)
    for value in Self.nasty {
      #expect(PastedCommands.confirming(.init(value), allServers: true).count == harmless.count, "\(value)")
    }
    #expect(Self.expectations.count > 500)
  }

  @Test func commandsArePrintableASCII() {
    for expectation in Self.expectations {
      #expect(expectation.command.text.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(expectation.command)")
    }
  }

  /// Advice takes host names and nothing else.
  @Test func adviceSaysTheSameAsWithoutANameWhereTheNameIsNone() {
    let nameless = PastedCommands.advising(with: nil).map(\.text)
    #expect(nameless.count > 500)
    for value in Self.nasty + ["", "x'y"] where !HostText.isPlainName(value) {
      #expect(PastedCommands.advising(with: value).map(\.text) == nameless, "\(value)")
    }
    let named = PastedCommands.advising(with: "asked.example").map(\.text)
    let other = PastedCommands.advising(with: "Other-1_x.example").map(\.text)
    #expect(named != nameless)
    #expect(named.map { $0.replacing("asked.example", with: "Other-1_x.example") } == other)
  }

  @Test func linesOfConfigurationHoldNoQuotesOfAShell() {
    let settings = PastedCommands.advising(with: nil).map(\.text).filter {
      $0.hasPrefix("proxy_pass ") || $0.hasPrefix("server s1 ")
    }
    #expect(settings.contains("proxy_pass https://[2001:db8::1]:9443;"))
    #expect(settings.allSatisfy { !$0.contains("'") })
  }

  @Test(.enabled(if: Shell.isAvailable("dash"), "dash is not installed")) func dashReadsTheWordsThatWereMeant() throws {
    try Self.check("dash")
  }

  @Test(.enabled(if: Shell.isAvailable("bash"), "bash is not installed")) func bashReadsTheWordsThatWereMeant() throws {
    try Self.check("bash")
  }

  @Test(.enabled(if: Shell.isAvailable("busybox"), "busybox is not installed"))
  func busyboxReadsTheWordsThatWereMeant() throws { try Self.check("busybox sh") }

  @Test(.enabled(if: Shell.isAvailable("zsh"), "zsh is not installed")) func zshReadsTheWordsThatWereMeant() throws {
    try Self.check("zsh -f")
  }

  // MARK: Running

  private static func check(_ shell: String) throws {
    let advice = Set(
      (PastedCommands.advising(with: "asked.example") + PastedCommands.advising(with: "x\n$(id)")).map(\.text))
    let commands = expectations.map(\.command.text)
    let harmless = Array(Set(expectations.map(\.harmless.text)))
    let lab = try #require(ShellLab(shell))
    let (words, files) = try #require(lab.run(commands + harmless))
    #expect(files.isEmpty, "\(shell) made \(files)")
    try #require(words.count == commands.count + harmless.count)
    let meant = Dictionary(uniqueKeysWithValues: zip(harmless, words.dropFirst(commands.count)))
    for (expectation, words) in zip(expectations, words) {
      let expected = meant[expectation.harmless.text]?.map { program in
        program.indices.map { expectedWord(program[$0], behind: $0 > 0 ? program[$0 - 1] : "", expectation.value) }
      }
      #expect(expected?.isEmpty == false)
      #expect(words == expected, "\(shell): \(expectation.command)")
    }
    let targets = (nasty + ["a.example:443"]).filter { !$0.contains(" ") }
    let tunnels = targets.map { PastedCommands.tunnelling(to: $0).map(\.text) }
    #expect(tunnels.allSatisfy { $0.count == 1 })
    let reached = try #require(lab.run(tunnels.flatMap(\.self)))
    #expect(reached.files.isEmpty)
    #expect(
      reached.words.map { $0.first?.last }
        == targets.map { HostText.isAuthority($0) ? "https://\($0)/" : "https://HOST:PORT/" })
    #expect(lab.runApart(Array(advice)).isEmpty)
  }

  /// The word that stands where a harmless value stood.
  private static func expectedWord(_ word: String, behind option: String, _ value: String) -> String {
    let (working, host) = (value + value, HostText.isPlainName(value) ? value : nil)
    let workingHost = HostText.isPlainName(working) ? working : nil
    func carried(_ value: String) -> String? {
      value.utf8.count <= 255 && !value.hasPrefix("-")
        && value.utf8.allSatisfy { (0x20...0x7e).contains($0) && !"'\\!".utf8.contains($0) } ? value : nil
    }
    switch (option, word) {
    case ("-servername", "asked.example"): return carried(value) ?? "SERVER_NAME"
    case ("-servername", "working.example"): return carried(working) ?? "WORKING_NAME"
    case ("-verify_hostname", "asked.example"): return host ?? "SERVER_NAME"
    case (_, "listed.example"): return host ?? "right.example"
    case (_, "alpn.example,http/1.1"), (_, "alpn.example,http/1.1,h2"):
      let isListed = HostText.isPlainProtocol(value)
      return word.replacing("alpn.example,", with: isListed ? value + "," : "")
    default:
      return word.replacing("asked.example", with: host ?? "SERVER_NAME")
        .replacing("working.example", with: workingHost ?? "SERVER_NAME")
    }
  }
}
