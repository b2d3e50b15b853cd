import Foundation
import Testing

@testable import TlswhyCommand

/// What somebody meets who types a command line for the first time: completions, guesses, help.
@Suite struct UsageTests {
  // MARK: Words that were not meant

  @Test(arguments: [
    (["failing.pcap"], "tlswhy analyze failing.pcap"),
    (
      ["samples/version/failing.pcap", "--failures-only"], "tlswhy analyze samples/version/failing.pcap --failures-only"
    ),
    (["samples"], "tlswhy analyze samples"),
    (["a.pcap", "b.pcapng.gz"], "tlswhy diff a.pcap b.pcapng.gz"),
    (["anlyze", "a.pcap"], "tlswhy analyze a.pcap"),
    (["analyse"], "tlswhy analyze"),
    (["captrue", "-i", "lo"], "tlswhy capture -i lo"),
    (["cert.untrusted"], "tlswhy explain cert.untrusted"),
    (["two words.pcap"], "tlswhy analyze 'two words.pcap'"),
    // No shell reads these as they are: a placeholder stands in their place.
    (["$(id)'.pcap"], "tlswhy analyze FILE"),
    (["a\u{1b}[2J.pcap"], "tlswhy analyze FILE"),
  ])
  func aLineWithoutACommandIsAnsweredWithTheOneThatWasMeant(_ arguments: [String], _ meant: String) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.complaints.count == 1)
    #expect(run.errors.hasSuffix("; did you mean: \(meant)\n"), "\(run.errors)")
    #expect(!run.errors.contains("\u{1b}"))
  }

  @Test func aWordLikeNoCommandIsAnsweredWithAll() throws {
    let run = try Program.run(["frobnicate"])
    #expect(run.status == 2)
    #expect(run.errors.contains("commands are diff, analyze, show, capture"))
  }

  @Test(arguments: [
    ("cert.untrustd", "cert.untrusted?"), ("cert.expired/clok", "cert.expired/clock?"),
    ("handshake_failur", "handshake_failure?"), ("unkown_ca", "unknown_ca?"), ("expired", "cert.expired or"),
  ])
  func aMisspeltCodeOrAlertIsAnsweredWithTheNearest(_ word: String, _ meant: String) throws {
    let run = try Program.run(["explain", word])
    #expect(run.status == 2)
    #expect(run.complaints.count == 1)
    #expect(run.errors.contains("did you mean \(meant)"), "\(run.errors)")
  }

  @Test func changesAreCounted() {
    func changes(_ word: String, _ other: String) -> Int {
      Likeness.changes(from: Array(word.utf8), to: Array(other.utf8))
    }
    #expect(changes("diff", "diff") == 0)
    #expect(changes("", "diff") == 4)
    #expect(changes("dfif", "diff") == 1)
    #expect(changes("anlyze", "analyze") == 1)
    #expect(changes("kitten", "sitting") == 3)
    #expect(Likeness.nearest(to: "x", among: ["diff", "show"]) == nil)
    #expect(Likeness.nearest(to: String(repeating: "a", count: 65), among: ["a"]) == nil)
  }

  // MARK: Help

  private static let helps = [
    ["--help"], ["diff", "--help"], ["analyze", "--help"], ["show", "--help"], ["capture", "--help"],
    ["record", "--help"], ["compare", "--help"], ["interfaces", "--help"], ["explain", "--help"], ["help", "diff"],
  ]

  @Test(arguments: helps, [40, 80, 200])
  func helpFitsIntoItsColumns(_ arguments: [String], _ columns: Int) throws {
    let run = try Program.run(arguments, environment: ["COLUMNS": "\(columns)"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    // Commands are copied whole, and the last line is the parser's own.
    let long = lines.filter { $0.count > min(columns, 100) && !$0.hasPrefix("  ") }
    #expect(long.isEmpty, "\(long)")
    // Prose is filled: the first word of a line would not have fitted at the end of the line before it.
    let prose = lines.prefix { !$0.hasPrefix("USAGE") }
    for (line, next) in zip(prose, prose.dropFirst()) {
      guard let word = next.split(separator: " ").first, !line.isEmpty, !next.hasPrefix(" "), !line.hasPrefix(" "),
        line.last != ":", !line.contains("   "), !next.contains("   ")
      else { continue }
      #expect(line.count + 1 + word.count > min(columns, 100), "\(line)|\(next)")
    }
  }

  @Test func nothingIsOfferedThatIsRefused() throws {
    for command in ["capture", "interfaces"] {
      let help = try Program.run([command, "--help"]).output
      #expect(!help.contains("html"))
      #expect(help.contains("values: text, json"))
    }
  }

  // MARK: Completions

  private static let shells = ["bash", "zsh", "fish"]
  private static func has(_ shell: String) -> Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") }

  /// The last word of a command line, completed by bash.
  private func bash(_ words: [String]) throws -> [String] {
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let run = try Program.shell(
      """
      eval "$(tlswhy --generate-completion-script bash)"
      COMP_WORDS=(\(list)) COMP_CWORD=\(words.count - 1)
      COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE} COMPREPLY=()
      _tlswhy tlswhy "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """)
    #expect(run.errors.isEmpty, "\(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  private func fish(_ words: [String]) throws -> [String] {
    let folder = try TemporaryFolder()
    let script = try folder.add(
      "script", Data(Program.run(["--generate-completion-script", "fish"]).output.utf8))
    let line = words.joined(separator: " ")
    let run = try Program.shell(
      "HOME='\(folder.url.path)' /usr/bin/fish -c 'source \(script.path); complete -C \"\(line)\"'")
    #expect(run.errors.isEmpty, "\(run.errors)")
    return run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
  }

  private static let completed: [(words: [String], among: String)] = [
    (["tlswhy", "analyze", "samples/version/fail"], "samples/version/failing.pcap"),
    (["tlswhy", "diff", "samples/version/failing.pcap", "samples/version/work"], "samples/version/working.pcap"),
    (["tlswhy", "show", "samples/version/fail"], "samples/version/failing.pcap"),
    (["tlswhy", "show", "--keylog", "samples/version/working.k"], "samples/version/working.keylog"),
    (["tlswhy", "analyze", "--output", "README"], "README.md"),
    (["tlswhy", "capture", "-i", "l"], "lo"),
    (["tlswhy", "capture", "-i", "an"], "any"),
    (["tlswhy", "explain", "cert.unt"], "cert.untrusted"),
    (["tlswhy", "explain", "cert.expired/c"], "cert.expired/clock"),
    (["tlswhy", "explain", "handshake_f"], "handshake_failure"),
    (["tlswhy", "diff", "--format", "mark"], "markdown"),
    (["tlswhy", "anal"], "analyze"),
  ]

  @Test(arguments: completed)
  func bashCompletes(_ words: [String], _ expected: String) throws {
    let offered = try bash(words)
    #expect(offered.contains(expected), "\(offered)")
  }

  @Test(.enabled(if: has("fish"), "needs fish"), arguments: completed)
  func fishCompletes(_ words: [String], _ expected: String) throws {
    let offered = try fish(words)
    #expect(offered.contains(expected), "\(offered)")
  }

  /// zsh completes in its line editor alone: one in a pseudo-terminal gets the line and a tab, and shows what came of it. A
  /// key that comes before it is done interrupts it, so that a busy machine gets more time.
  @Test(.enabled(if: has("zsh"), "needs zsh"), arguments: completed)
  func zshCompletes(_ words: [String], _ expected: String) throws {
    let typed = try #require(words.last)
    var shown = ""
    for seconds in [1, 4, 10] {
      shown = try zsh(words, seconds)
      let line = shown.components(separatedBy: "[BUFFER ").last?.components(separatedBy: "]").first ?? ""
      let completed = line.split(separator: " ").last.map(String.init) ?? ""
      // Of several that begin alike zsh writes what they share.
      if completed.count > typed.count, expected.hasPrefix(completed) { return }
    }
    Issue.record("\(shown)")
  }

  /// What zsh's line editor prints of a line that a tab has completed in so many seconds.
  private func zsh(_ words: [String], _ seconds: Int) throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    _ = try folder.add("_tlswhy", Data(Program.run(["--generate-completion-script", "zsh"]).output.utf8))
    let driver = try folder.add(
      "driver",
      Data(
        """
        zmodload zsh/zpty
        zpty shell 'TERM=dumb zsh -f -i'
        zpty -w shell 'cd "\(Program.root.path)"; PS1='
        zpty -w shell 'fpath=("\(path)" $fpath); autoload -Uz compinit; compinit -u -d "\(path)/dump"'
        zpty -w shell 'show() { print -rn -- "[BUFFER $BUFFER]"; BUFFER=; zle accept-line }; zle -N show'
        zpty -w shell 'bindkey "^X" show; print rea''dy'
        zpty -r shell output '*ready*'
        zpty -n -w shell '\(words.joined(separator: " "))'$'\\t'
        sleep \(seconds)
        zpty -n -w shell $'\\x18'
        zpty -r shell output '*BUFFER*]*'
        print -r -- "$output"
        zpty -d shell

        """.utf8))
    return try Program.shell("timeout 60 /usr/bin/zsh -f '\(driver.path)'").output
  }
}
