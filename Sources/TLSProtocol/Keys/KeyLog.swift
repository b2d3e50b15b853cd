public import Bytes

/// Secrets by ClientHello random, as NSS key logs hold them
/// (https://datatracker.ietf.org/doc/draft-ietf-tls-keylogfile/): `LABEL CLIENT_RANDOM SECRET`, hex, a line each.
///
/// Under the label `RSA` the first 8 bytes of the encrypted premaster secret stand in the random's place.
public struct KeyLog: Sendable {
  /// What came together; of one secret the last layer's value counts. A capture brings new secrets between its connections,
  /// each of which keeps the log that it began with: adding to one table would copy all of it for every block of secrets.
  /// Each layer holds more than twice as many secrets as the one behind it, so that they are few.
  private var layers: [SecretTable] = []
  /// What the layers take.
  private var memory: MemoryShare

  /// Lines that were no key log lines (comments and blank lines not counted).
  public internal(set) var ignoredLines = 0
  /// Secrets for which there was no room.
  public private(set) var droppedSecrets = 0
  /// How many secrets are held; one that a capture repeats may count more than once.
  public var count: Int { layers.reduce(0) { $0 + $1.count } }
  /// Secrets that had to be moved from one layer to another: what adding has cost.
  private(set) var moved = 0

  /// A log without a secret, for as many as the share of memory has room for.
  public init(memory: MemoryShare = MemoryBudget.standard.share(of: .secrets)) { self.memory = memory }

  /// It holds no secret.
  public var isEmpty: Bool { layers.isEmpty }

  /// Adds a secret, or replaces the one of the same label and random.
  public mutating func insert(_ secret: [UInt8], label: String, clientRandom: [UInt8]) {
    guard !memory.isExceeded else {
      droppedSecrets += 1
      return
    }
    var layer = layers.popLast() ?? SecretTable()
    let before = layer.byteCount
    if !layer.insert(secret, label: label, clientRandom: clientRandom) { ignoredLines += 1 }
    if layer.count > 0 { layers.append(layer) }
    memory.hold(layer.byteCount - before)
  }

  /// Takes in all that another log holds.
  public mutating func merge(_ other: KeyLog) {
    ignoredLines += other.ignoredLines
    droppedSecrets += other.droppedSecrets
    for layer in other.layers {
      guard memory.take(layer.byteCount) else {
        droppedSecrets += layer.count
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
    memory.release(joined.byteCount + later.byteCount)
    later.forEach { label, random, secret in _ = joined.insert(secret, label: label, clientRandom: random) }
    memory.hold(joined.byteCount)
    layers.append(joined)
  }

  /// The secrets of one handshake by their labels; nil where there are none.
  public func secrets(clientRandom: [UInt8]) -> [String: [UInt8]]? {
    var all: [String: [UInt8]] = [:]
    for layer in layers { all.merge(layer.secrets(clientRandom: clientRandom)) { _, later in later } }
    return all.isEmpty ? nil : all
  }

  /// The secret of one handshake under one label.
  public func secret(_ label: String, clientRandom: [UInt8]) -> [UInt8]? {
    for layer in layers.reversed() {
      if let secret = layer.secret(label, clientRandom: clientRandom) { return secret }
    }
    return nil
  }
}

extension KeyLog: Equatable {
  /// Equal logs hold the same secrets, however they came together.
  public static func == (left: KeyLog, right: KeyLog) -> Bool {
    left.ignoredLines == right.ignoredLines && left.joined == right.joined
  }

  private var joined: [[UInt8]: [String: [UInt8]]] {
    layers.reduce(into: [:]) { all, layer in
      layer.forEach { label, random, secret in all[random, default: [:]][label] = secret }
    }
  }

  /// The randoms of all handshakes that have secrets.
  public var clientRandoms: Set<[UInt8]> { Set(joined.keys) }
}
