/// Secrets by ClientHello random, as NSS key logs hold them
/// (https://datatracker.ietf.org/doc/draft-ietf-tls-keylogfile/): `LABEL CLIENT_RANDOM SECRET`, hex, a line each.
public struct KeyLog: Sendable {
  /// `[random][label]`, the secret's bytes. Under the label `RSA` the first 8 bytes of the encrypted premaster secret stand
  /// in the random's place.
  private typealias Secrets = [[UInt8]: [String: [UInt8]]]

  /// What came together; of one secret the last layer's value counts. A capture brings new secrets between its connections,
  /// each of which keeps the log that it began with: adding to one table would copy all of it for every block of secrets.
  /// Each layer holds more than twice as many secrets as the one behind it, so that they are few.
  private var layers: [Layer] = []

  private struct Layer: Sendable {
    var secrets: Secrets = [:]
    var count = 0

    mutating func insert(_ secret: [UInt8], label: String, clientRandom: [UInt8]) {
      if secrets[clientRandom, default: [:]].updateValue(secret, forKey: label) == nil { count += 1 }
    }
  }

  /// Lines that were no key log lines (comments and blank lines not counted), or came after the limit.
  public internal(set) var ignoredLines = 0
  /// How many secrets are held; one that a capture repeats may count more than once.
  public var count: Int { layers.reduce(0) { $0 + $1.count } }
  /// Secrets that had to be moved from one layer to another: what adding has cost.
  private(set) var moved = 0

  /// Secrets beyond this many are ignored: half a gigabyte would be needed for more.
  public static let limit = 1_000_000

  public init() {}

  /// It holds no secret.
  public var isEmpty: Bool { layers.isEmpty }

  /// Adds a secret, or replaces the one of the same label and random.
  public mutating func insert(_ secret: [UInt8], label: String, clientRandom: [UInt8]) {
    guard count < Self.limit else {
      ignoredLines += 1
      return
    }
    if layers.isEmpty { layers.append(Layer()) }
    layers[layers.count - 1].insert(secret, label: label, clientRandom: clientRandom)
  }

  /// Takes in all that another log holds.
  public mutating func merge(_ other: KeyLog) {
    ignoredLines += other.ignoredLines
    for layer in other.layers {
      guard count &+ layer.count <= Self.limit else {
        ignoredLines += layer.count
        continue
      }
      layers.append(layer)
      while layers.count > 1, layers[layers.count - 2].count <= 2 * layers[layers.count - 1].count { joinLast() }
    }
  }

  /// Makes one layer of the last two.
  private mutating func joinLast() {
    guard let later = layers.popLast(), var joined = layers.popLast() else { return }
    moved &+= joined.count &+ later.count
    for (random, labels) in later.secrets {
      for (label, secret) in labels { joined.insert(secret, label: label, clientRandom: random) }
    }
    layers.append(joined)
  }

  /// The secrets of one handshake by their labels; nil where there are none.
  public func secrets(clientRandom: [UInt8]) -> [String: [UInt8]]? {
    var all: [String: [UInt8]]?
    for layer in layers {
      guard let labels = layer.secrets[clientRandom] else { continue }
      all = all.map { $0.merging(labels) { _, later in later } } ?? labels
    }
    return all
  }

  /// The secret of one handshake under one label.
  public func secret(_ label: String, clientRandom: [UInt8]) -> [UInt8]? {
    for layer in layers.reversed() {
      if let secret = layer.secrets[clientRandom]?[label] { return secret }
    }
    return nil
  }
}

extension KeyLog: Equatable {
  /// Equal logs hold the same secrets, however they came together.
  public static func == (left: KeyLog, right: KeyLog) -> Bool {
    left.ignoredLines == right.ignoredLines && left.joined == right.joined
  }

  private var joined: Secrets {
    layers.reduce(into: [:]) { all, layer in
      all.merge(layer.secrets) { earlier, later in earlier.merging(later) { _, last in last } }
    }
  }

  /// The randoms of all handshakes that have secrets.
  public var clientRandoms: Set<[UInt8]> { layers.reduce(into: []) { $0.formUnion($1.secrets.keys) } }
}
