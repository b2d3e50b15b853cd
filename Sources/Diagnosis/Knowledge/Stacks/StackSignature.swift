public import TLSProtocol

/// How a stack is recognised: traits with weights, from recorded hellos and the stacks' sources.
struct StackSignature: Sendable {
  var family: StackFamily
  /// Whether it sends GREASE; nil where both were seen. A hello that does otherwise is not this stack's.
  var grease: Bool? = false
  /// Where the traits were seen: program and version, or source.
  var source: String
  /// A trait that shows adds its weight; one that is contradicted takes it away.
  var traits: [Weighted]
  var versions: [Narrowing] = []
  var products: [Product] = []

  struct Weighted: Sendable {
    var weight: Int
    var trait: StackTrait
    /// What it is, as a report says it.
    var text: String
    init(_ weight: Int, _ trait: StackTrait, _ text: String) {
      (self.weight, self.trait, self.text) = (weight, trait, text)
    }
  }

  /// A version range that holds where all traits show; the first that fits counts.
  struct Narrowing: Sendable {
    var versions: String
    var traits: [StackTrait]
    init(_ versions: String, _ traits: [StackTrait]) { (self.versions, self.traits) = (versions, traits) }
  }

  /// A program that is recognised where all traits show.
  struct Product: Sendable {
    var product: StackProduct
    var text: String
    var traits: [StackTrait]
    init(_ product: StackProduct, _ text: String, _ traits: [StackTrait]) {
      (self.product, self.text, self.traits) = (product, text, traits)
    }
  }

  /// Below this a likeness says nothing.
  static let leastScore = 4
  /// From here on a likeness is likely no accident.
  static let likelyScore = 7

  func match(_ hello: HelloTraits) -> (score: Int, traits: [String]) {
    if let grease, grease != hello.hasGREASE { return (0, []) }
    var score = 0
    var shown: [(Int, String)] = []
    for weighted in traits {
      switch weighted.trait.verdict(hello) {
      case .shown:
        score += weighted.weight
        shown.append((weighted.weight, weighted.text))
      case .contradicted: score -= weighted.weight
      case .open: continue
      }
    }
    return (score, shown.sorted { $0.0 > $1.0 }.map(\.1))
  }
}

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
    var best: (signature: StackSignature, score: Int, traits: [String])?
    var second = 0
    for signature in StackSignature.all {
      let (score, shown) = signature.match(traits)
      if score > best?.score ?? 0 {
        if let best, best.signature.family != signature.family { second = max(second, best.score) }
        best = (signature, score, shown)
      } else if best?.signature.family != signature.family {
        second = max(second, score)
      }
    }
    guard let best, best.score >= StackSignature.leastScore, best.score > second + 1 else { return nil }
    func shows(_ all: [StackTrait]) -> Bool {
      all.allSatisfy { if case .shown = $0.verdict(traits) { true } else { false } }
    }
    let product = best.signature.products.first { shows($0.traits) }
    let versions = best.signature.versions.first { shows($0.traits) }?.versions
    let isLikely = best.score >= StackSignature.likelyScore && best.score >= second + 3
    return StackGuess(
      Stack(best.signature.family, product: product?.product, versions: versions),
      confidence: isLikely ? .likely : .possible, traits: (product.map { [$0.text] } ?? []) + best.traits)
  }
}
