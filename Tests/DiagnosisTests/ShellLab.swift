import Foundation

/// A folder of its own in which a shell runs commands, where every program is a stub that tells its words.
final class ShellLab {
  private let folder: URL
  private let shell: String

  private static let programs = [
    "openssl", "curl", "redis_cli", "kcat", "mosquitto_sub", "mongosh", "psql", "mysql", "dig", "getent", "ss", "nc",
    "tracepath", "ping", "nmap", "tcpdump", "java", "node", "granian",
    "date",
  ]

  init?(_ shell: String) {
    self.shell = shell
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tlswhy-shell-\(UUID().uuidString)")
    let work = folder.appendingPathComponent("work")
    guard (try? FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)) != nil else {
      return nil
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The words of every program that each command ran, and the files that came to be; nil where the shell stopped early.
  func run(_ commands: [String]) -> (words: [[[String]]], files: [String])? {
    let data = runScript(commands.map { "\($0)\nprintf '\\002\\0' >&3\n" }.joined())
    let pieces = data.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let runs = pieces.split(separator: "\u{2}", omittingEmptySubsequences: false).dropLast()
    guard runs.count == commands.count else { return nil }
    // Programs of one pipeline begin in any order.
    let words = runs.map { run in
      run.split(separator: "\u{1}").map { $0.map(\.self) }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    return (words, files)
  }

  /// The files that came to be where each text is read apart: there are settings among them, which no shell can read.
  func runApart(_ texts: [String]) -> [String] {
    for (index, text) in texts.enumerated() {
      try? Data(text.utf8).write(to: folder.appendingPathComponent("text-\(index)"))
    }
    _ = runScript("for text in ../text-*; do ( . \"$text\" ); done\n")
    return files
  }

  private var files: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/work")) ?? ["unreadable"]
  }

  /// What the stubs recorded.
  private func runScript(_ body: String) -> Data {
    let record = folder.appendingPathComponent("record")
    let script = folder.appendingPathComponent("script")
    var text =
      "cd '\(folder.path)/work'\nPATH=/nowhere\nrecord() { printf '%s\\0' \"$@\" >&3; printf '\\001\\0' >&3; }\n"
    text += "seq() { printf '1 2'; }\ntouch() { : >PWNED; }\nid() { : >PWNED; }\n"
    for program in Self.programs { text += "\(program)() { record \(program) \"$@\"; }\n" }
    text += "exec 3>'\(record.path)' 2>/dev/null </dev/null >/dev/null\n"
    // No function of dash or busybox has a hyphen in its name.
    text += body.replacing("redis-cli", with: "redis_cli")
    guard (try? Data(text.utf8).write(to: script)) != nil else { return Data() }
    _ = Shell.run("exec \(shell) '\(script.path)'")
    return (try? Data(contentsOf: record)) ?? Data()
  }
}
