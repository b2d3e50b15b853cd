/// A TLS implementation, with the program around it and its versions as far as they are known.
public struct Stack: Sendable, Hashable {
  /// The TLS library.
  public var family: StackFamily
  /// The program around it, where it shows.
  public var product: StackProduct?
  /// A range in words, as in `17 to 21`; nil where unknown.
  public var versions: String?

  public init(_ family: StackFamily, product: StackProduct? = nil, versions: String? = nil) {
    (self.family, self.product, self.versions) = (family, product, versions)
  }

  /// As in `Java (JSSE) 17 to 21`, `curl (OpenSSL)`, `rustls`.
  public var name: String {
    let version = versions.map { " \($0)" } ?? ""
    guard let product, !family.rawValue.hasPrefix(product.rawValue) else { return family.rawValue + version }
    return "\(product.rawValue) (\(family.rawValue))\(version)"
  }

  /// The shortest name that says whose settings to change, as in `Java`, `curl`, `rustls`.
  public var shortName: String { product?.rawValue ?? StackProfile.of(family)?.commonName ?? family.rawValue }
}

/// A stack recognised from what it sends, with the traits that gave it away.
public struct StackGuess: Sendable, Hashable {
  /// What it looks like.
  public var stack: Stack
  /// How surely.
  public var confidence: Confidence
  /// What was recognised, in words; strongest first.
  public var traits: [String]

  public init(_ stack: Stack, confidence: Confidence, traits: [String]) {
    (self.stack, self.confidence, self.traits) = (stack, confidence, traits)
  }
}
