extension StyledText {
  /// The text in lines of at most `cells`, broken at spaces; a word too long for a line is broken within.
  func wrapped(to cells: Int) -> [StyledText] {
    let limit = max(cells, 4)
    guard width > limit else { return [self] }
    var lines: [StyledText] = []
    var line = StyledText()
    var used = 0
    for word in words {
      let needed = word.width
      if used > 0, used + 1 + needed <= limit {
        line += StyledText(runs: [Run(text: " ", emphasis: [])]) + word
        used += 1 + needed
        continue
      }
      if used > 0 {
        lines.append(line)
        line = StyledText()
        used = 0
      }
      var pieces = needed > limit ? word.broken(to: limit) : [word]
      if let last = pieces.popLast() {
        lines += pieces
        line = last
        used = last.width
      }
    }
    if used > 0 { lines.append(line) }
    return lines
  }

  /// What stands between spaces; runs that touch stay together.
  private var words: [StyledText] {
    var words: [StyledText] = []
    var word: [Run] = []
    for run in runs {
      let parts = run.text.split(separator: " ", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0, !word.isEmpty {
          words.append(StyledText(runs: word))
          word = []
        }
        if !part.isEmpty { word.append(Run(text: String(part), emphasis: run.emphasis)) }
      }
    }
    if !word.isEmpty { words.append(StyledText(runs: word)) }
    return words
  }

  /// A long word in pieces of at most `cells`, cut behind punctuation where some is near the end of a piece.
  private func broken(to cells: Int) -> [StyledText] {
    var pieces: [StyledText] = []
    var piece: [Run] = []
    var used = 0
    for run in runs {
      var rest = run.text
      while !rest.isEmpty {
        let room = cells - used
        if rest.displayWidth <= room {
          piece.append(Run(text: rest, emphasis: run.emphasis))
          used += rest.displayWidth
          break
        }
        let cut = Self.cut(of: rest, within: room)
        if !cut.isEmpty { piece.append(Run(text: cut, emphasis: run.emphasis)) }
        rest = String(rest.unicodeScalars.dropFirst(cut.unicodeScalars.count))
        pieces.append(StyledText(runs: piece))
        piece = []
        used = 0
      }
    }
    if !piece.isEmpty { pieces.append(StyledText(runs: piece)) }
    return pieces
  }

  private static func cut(of text: String, within cells: Int) -> String {
    let longest = text.prefix(cells: cells)
    let breaks: Set<Unicode.Scalar> = ["_", ",", ";", "/", ":", ".", "-", "="]
    if let last = longest.lastIndex(where: breaks.contains),
      longest.distance(from: longest.startIndex, to: last) >= longest.count / 2
    {
      return String(longest[...last])
    }
    return String(longest)
  }
}
