import Testing

@testable import Diagnosis

@Suite struct ConfirmQuotingTests {
  private static func word(_ value: String) -> ShellWord { ShellWord(value, placeholder: "VALUE", for: "the value") }

  @Test(arguments: [
    ("example.org", "example.org"), ("a=b:c/d,e@f+g", "a=b:c/d,e@f+g"), ("a b", "'a b'"), ("$(reboot)", "'$(reboot)'"),
    ("`id`", "'`id`'"), ("=ls", "'=ls'"), ("~root", "'~root'"), ("*", "'*'"), ("#x", "'#x'"), ("a\"b", "'a\"b'"),
  ])
  func aPrintableValueBecomesOneWord(value: String, word: String) {
    #expect(Self.word(value).text == word)
    #expect(Self.word(value).gap == nil)
  }

  @Test(arguments: [
    ("", "is empty"), (String(repeating: "x", count: 256), "is too long"), ("-oProxyCommand", "begins with a hyphen"),
    ("it's", "not safe"), ("a\\b", "not safe"), ("a!b", "not safe"), ("a\nb", "not safe"), ("a\0b", "not safe"),
    ("\u{1b}[31m", "not safe"), ("é", "not safe"), ("\u{202e}x", "not safe"), ("a\u{fffd}b", "not safe"),
  ])
  func anyOtherGivesWayToAPlaceholderAndTheReason(value: String, reason: String) throws {
    #expect(Self.word(value).text == "VALUE")
    let gap = try #require(Self.word(value).gap)
    #expect(gap.hasPrefix("VALUE stands for the value, which ") && gap.contains(reason))
  }

  @Test func aURLHoldsHostNamesOnly() {
    let named = ShellWord(scheme: "https", name: "a.example", port: 8443)
    #expect((named.text, named.gap == nil) == ("https://a.example:8443/", true))
    for name in ["a.example:1", "[::1]", "a b", "u@h", "a/b", "a?b", "a{1,2}", "-x", "$(id)", ""] {
      let word = ShellWord(scheme: "https", name: name, port: 1)
      #expect(word.text == "https://SERVER_NAME:1/")
      #expect(word.gap?.contains("no host name") == true)
    }
  }

  @Test func aTargetIsAHostAndAPort() {
    for target in ["a.example:443", "192.0.2.1:1", "[2001:db8::1]:65535", "a.example"] {
      let word = ShellWord(scheme: "https", authority: target, for: "the target")
      #expect(word.text.contains(target) && word.gap == nil)
    }
    for target in ["", ":443", "a:0", "a:65536", "a:b", "u@h:1", "[fe80::1%$(id)]:1", "[x]:1", "-x:1", "$(id):1", "a…"]
    {
      let word = ShellWord(scheme: "https", authority: target, for: "the target")
      #expect(word.text == "https://HOST:PORT/", "\(target)")
      #expect(word.gap == "HOST:PORT stands for the target, which is no host and port")
    }
  }

  @Test func eachGapIsToldOnceBehindTheSentence() {
    let name = Self.word("a\nb")
    let command: ShellCommand = "x \(name) ; y \(name) \(7)"
    #expect(command.text == "x VALUE ; y VALUE 7")
    #expect(
      NextStep("Do so", command: command).text
        == "Do so (VALUE stands for the value, which holds characters that are not safe in every shell)")
    #expect(Remedy(for: "client", "Do so", command: "x").text == "Do so")
  }
}
