public import TLSProtocol

extension Stack {
  /// No stack offers half as many suites or extensions; comparing longer lists with each signature costs more than they
  /// tell.
  private static let longestList = 512

  /// The stack that a ClientHello looks like; nil where it looks like none that is known, or like two.
  public static func client(_ hello: ClientHello) -> StackGuess? {
    guard !hello.isSSLv2Format, hello.cipherSuites.count <= longestList, hello.extensionTypes.count <= longestList
    else {
      return nil
    }
    let traits = HelloTraits(hello)
    var best: (stack: Recognisable, score: Int, traits: [String])?
    var second = 0
    for stack in recognisable {
      let (score, shown) = stack.signature.match(traits)
      if score > best?.score ?? 0 {
        second = max(second, best?.score ?? 0)
        best = (stack, score, shown)
      } else {
        second = max(second, score)
      }
    }
    guard let best, best.score >= StackSignature.leastScore, best.score > second + 1 else { return nil }
    func shows(_ all: [StackTrait]) -> Bool {
      all.allSatisfy { if case .shown = $0.verdict(traits) { true } else { false } }
    }
    let program = best.stack.signs.first { shows($0.sign.traits) }
    let versions = best.stack.signature.versions.first { shows($0.traits) }?.versions
    let isLikely = best.score >= StackSignature.likelyScore && best.score >= second + 3
    return StackGuess(
      Stack(best.stack.family, product: program?.product, versions: versions),
      confidence: isLikely ? .likely : .possible, traits: (program.map { [$0.sign.text] } ?? []) + best.traits)
  }

  /// What a hello is held against, in one place: of all that is known of a stack no more than this is asked of each new
  /// hello.
  private struct Recognisable: Sendable {
    let family: StackFamily
    let signature: StackSignature
    /// What shows its programs; the first that fits counts.
    let signs: [(product: StackProduct, sign: StackProgram.Sign)]
  }

  private static let recognisable: [Recognisable] = StackProfile.all.compactMap { stack in
    guard let signature = stack.signature else { return nil }
    let signs = stack.programs.flatMap { program in program.hello.map { (program.product, $0) } }
    return Recognisable(family: stack.family, signature: signature, signs: signs)
  }
}
