import Diagnosis
import Testing

@Suite struct ConfirmQuotingTests {
  @Test(arguments: [
    ("example.org", "example.org"), ("a=b:c/d,e@f+g", "a=b:c/d,e@f+g"), ("", "''"), ("a b", "'a b'"),
    ("it's", "'it'\\''s'"), ("$(reboot)", "'$(reboot)'"), ("`id`", "'`id`'"), ("a\\b", "'a\\b'"), ("=ls", "'=ls'"),
    ("~root", "'~root'"), ("*", "'*'"), ("a\nb", "$'a\\012b'"), ("\u{1b}[31m", "$'\\033[31m'"),
    ("'\u{7}", "$'\\'\\007'"), ("é", "$'\\303\\251'"), ("\u{202e}x", "$'\\342\\200\\256x'"), ("a\0b", "$'ab'"),
  ])
  func everyTextBecomesOneWord(text: String, word: String) {
    #expect(ShellQuoting.quote(text) == word)
  }

  @Test(.enabled(if: Shell.isAvailable("bash"))) func aShellReadsBackWhatWasQuoted() throws {
    var texts = [
      "-n", "a'b\"c$d`e\\f!g", " lead", "tab\there", "\u{1b}]0;title\u{7}", "1\u{0}2", "\u{85}9", "日本語", "''",
    ]
    texts += (1...0x7f).map { "x" + String(UnicodeScalar(UInt8($0))) + "0" }
    for text in texts {
      let output = try #require(Shell.run("printf '%s|' \(ShellQuoting.quote(text))"))
      #expect(output == text.split(separator: "\0", omittingEmptySubsequences: false).joined() + "|")
    }
  }

  @Test func whatNoCommandLineCanCarryIsKnown() {
    #expect(ShellQuoting.canPass("a b"))
    #expect(!ShellQuoting.canPass("a\0b"))
    #expect(!ShellQuoting.canPass("a\u{fffd}b"))
  }
}
