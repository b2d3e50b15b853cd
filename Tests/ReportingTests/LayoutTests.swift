import Testing

@testable import Reporting

@Suite struct LayoutTests {
  private func lines(_ text: String, _ cells: Int) -> [String] { StyledText(text).wrapped(to: cells).map(\.plain) }

  @Test func textIsBrokenAtSpaces() {
    #expect(lines("the server answers with an alert", 12) == ["the server", "answers with", "an alert"])
    #expect(lines("short", 12) == ["short"])
    #expect(lines("", 12) == [""])
  }

  @Test func aLongWordIsBrokenBehindPunctuation() {
    #expect(lines("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 22) == ["TLS_ECDHE_ECDSA_WITH_", "AES_256_GCM_SHA384"])
    #expect(lines("aaaaaaaaaaaaaaaaaaaa", 8) == ["aaaaaaaa", "aaaaaaaa", "aaaa"])
  }

  @Test func wideCharactersFillTwoCells() {
    #expect("日本語".displayWidth == 6)
    #expect("e\u{301}".displayWidth == 1)
    #expect("😀".displayWidth == 2)
    #expect("→≠│◆".displayWidth == 4)
    #expect(lines("日本語日本語", 8) == ["日本語日", "本語"])
    #expect("日本語".clipped(to: 5) == "日本…")
    #expect("abc".clipped(to: 3) == "abc")
  }

  @Test func emphasisSurvivesWrapping() {
    let text = StyledText("one ", .bold) + StyledText("two three", .red)
    let wrapped = text.wrapped(to: 7)
    #expect(wrapped.map(\.plain) == ["one two", "three"])
    #expect(wrapped[0].runs.first?.emphasis == .bold)
    #expect(wrapped[1].runs.first?.emphasis == .red)
  }

  @Test func runsThatTouchStayTogether() {
    let text = StyledText("aaa ") + StyledText("bbb", .bold) + StyledText("ccc")
    #expect(text.wrapped(to: 7).map(\.plain) == ["aaa", "bbbccc"])
  }

  @Test func signsHaveASCIILookAlikes() {
    #expect("→ ← ✓ ✗ · – … │ ─ ┼".asciiFallback == "-> <- + x - - ... | - +")
    #expect("日".asciiFallback == "\\u{65e5}")
  }

  @Test func commandsAreCutOutsideQuotesOnly() {
    #expect(ShellLines.split("curl -k https://localhost", width: 80) == ["curl -k https://localhost"])
    #expect(
      ShellLines.split(#"a 'b c' "d \" e" f\ g h"#, width: 8) == [
        "a \\", "  'b c' \\", #"  "d \" e" \"#, #"  f\ g \"#, "  h",
      ])
    #expect(ShellLines.split("it's never closed", width: 8) == ["it's never closed"])
  }

  @Test func thousandsOfWordsWrapQuickly() {
    let text = StyledText(String(repeating: "word ", count: 20_000))
    #expect(text.wrapped(to: 80).count == 1_250)
    let long = StyledText(String(repeating: "x", count: 20_000))
    #expect(long.wrapped(to: 80).count == 250)
  }
}
