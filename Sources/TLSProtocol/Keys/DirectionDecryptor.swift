/// One direction's keys, present and to come.
struct DirectionDecryptor: Sendable {
  /// The epochs of TLS 1.3 in their order, RFC 8446 §7.1; earlier versions know one.
  enum Epoch: Int, Sendable, Comparable {
    case earlyData, handshake, application
    static func < (first: Epoch, second: Epoch) -> Bool { first.rawValue < second.rawValue }
  }

  private struct Keys: Sendable {
    var epoch: Epoch
    var cipher: RecordCipher
    /// The traffic secret, from which the next one follows.
    var secret: [UInt8]
    /// The next record's.
    var sequenceNumber: UInt64 = 0
  }

  /// Keys that may open the next record: those in use, then those of later epochs.
  private var keys: [Keys] = []
  private let suite: CipherSuite?
  private let hasEpochs: Bool

  /// How many missed records are tried for. Opening fails fast, yet a flood of foreign records must stay cheap.
  private static let window: UInt64 = 6

  /// Records that did not open in a row before only each record's likeliest number is tried.
  private static let patience = 64
  private var failures = 0

  /// Before TLS 1.3: one epoch.
  init(cipher: RecordCipher) {
    keys = [Keys(epoch: .application, cipher: cipher, secret: [])]
    suite = nil
    hasEpochs = false
  }

  /// TLS 1.3: every epoch whose secret is at hand.
  init(sender: Role, secrets: [String: [UInt8]], suite: CipherSuite) {
    self.suite = suite
    hasEpochs = true
    for (label, epoch) in Self.labels(of: sender) {
      guard let secret = secrets[label], let cipher = RecordCipher(trafficSecret: secret, suite: suite) else {
        continue
      }
      keys.append(Keys(epoch: epoch, cipher: cipher, secret: secret))
    }
  }

  static func labels(of sender: Role) -> [(label: String, epoch: Epoch)] {
    sender == .client
      ? [
        ("CLIENT_EARLY_TRAFFIC_SECRET", .earlyData), ("CLIENT_HANDSHAKE_TRAFFIC_SECRET", .handshake),
        ("CLIENT_TRAFFIC_SECRET_0", .application),
      ] : [("SERVER_HANDSHAKE_TRAFFIC_SECRET", .handshake), ("SERVER_TRAFFIC_SECRET_0", .application)]
  }

  var canOpen: Bool { !keys.isEmpty }

  mutating func open(
    _ fragment: [UInt8], _ contentType: ContentType, _ version: ProtocolVersion
  ) -> (contentType: ContentType, plaintext: [UInt8])? {
    guard !hasEpochs || contentType == .applicationData else { return nil }
    let window = failures < Self.patience ? Self.window : 1
    for index in keys.indices {
      if let plaintext = attempt(index, window, fragment, contentType, version) {
        // Once a later epoch has opened a record, the earlier ones are over.
        keys.removeFirst(index)
        failures = 0
        return hasEpochs ? Self.unpadded(plaintext) : (contentType, plaintext)
      }
    }
    if let next = nextKeys(), failures < Self.patience {
      keys.append(next)
      if let plaintext = attempt(keys.count - 1, window, fragment, contentType, version) {
        keys.removeFirst(keys.count - 1)
        failures = 0
        return Self.unpadded(plaintext)
      }
      keys.removeLast()
    }
    failures += 1
    return nil
  }

  private mutating func attempt(
    _ index: Int, _ window: UInt64, _ fragment: [UInt8], _ contentType: ContentType, _ version: ProtocolVersion
  ) -> [UInt8]? {
    for ahead in 0..<window {
      let number = keys[index].sequenceNumber &+ ahead
      let header = RecordCipher.Header(contentType: contentType, version: version, sequenceNumber: number)
      guard let plaintext = keys[index].cipher.open(fragment, header) else { continue }
      keys[index].sequenceNumber = number &+ 1
      return plaintext
    }
    return nil
  }

  /// Drops the keys of epochs before this one, where its own are at hand.
  mutating func advance(to epoch: Epoch) {
    guard hasEpochs, keys.contains(where: { $0.epoch >= epoch }) else { return }
    keys.removeAll { $0.epoch < epoch }
  }

  mutating func updateKeys() {
    guard let next = nextKeys() else { return }
    keys = [next]
  }

  /// The keys behind a KeyUpdate, RFC 8446 §7.2: only application secrets have successors.
  private func nextKeys() -> Keys? {
    guard let suite, let last = keys.last, last.epoch == .application, let hash = suite.prfHash,
      let secret = KeyDerivation.expandLabel(hash, secret: last.secret, "traffic upd", length: hash.outputLength),
      let cipher = RecordCipher(trafficSecret: secret, suite: suite)
    else { return nil }
    return Keys(epoch: .application, cipher: cipher, secret: secret)
  }

  /// TLSInnerPlaintext, RFC 8446 §5.2: content, its type, zeros.
  private static func unpadded(_ inner: [UInt8]) -> (contentType: ContentType, plaintext: [UInt8])? {
    guard let end = inner.lastIndex(where: { $0 != 0 }) else { return nil }
    return (ContentType(rawValue: inner[end]), Array(inner[..<end]))
  }
}
