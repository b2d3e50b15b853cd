/// Secrets by ClientHello random, as NSS key logs hold them
/// (https://datatracker.ietf.org/doc/draft-ietf-tls-keylogfile/): `LABEL CLIENT_RANDOM SECRET`, hex, a line each.
public struct KeyLog: Sendable {
  /// `secrets[random][label]`, the secret's bytes. Under the label `RSA` the first 8 bytes of the encrypted premaster
  /// secret stand in the random's place.
  public private(set) var secrets: [[UInt8]: [String: [UInt8]]] = [:]
  /// Lines that were no key log lines (comments and blank lines not counted), or came after the limit.
  public internal(set) var ignoredLines = 0
  /// How many secrets are held.
  public private(set) var count = 0

  /// Secrets beyond this many are ignored: half a gigabyte would be needed for more.
  public static let limit = 1_000_000

  public init() {}

  public var isEmpty: Bool { secrets.isEmpty }

  public mutating func insert(_ secret: [UInt8], label: String, clientRandom: [UInt8]) {
    guard count < Self.limit else {
      ignoredLines += 1
      return
    }
    if secrets[clientRandom, default: [:]].updateValue(secret, forKey: label) == nil { count += 1 }
  }

  /// Takes in all that another log holds.
  public mutating func merge(_ other: KeyLog) {
    for (random, labels) in other.secrets {
      for (label, secret) in labels { insert(secret, label: label, clientRandom: random) }
    }
    ignoredLines += other.ignoredLines
  }

  /// The secret of one handshake under one label.
  public func secret(_ label: String, clientRandom: [UInt8]) -> [UInt8]? { secrets[clientRandom]?[label] }
}
