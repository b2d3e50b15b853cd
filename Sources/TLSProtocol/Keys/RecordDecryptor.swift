internal import Bytes

/// Opens the protected records of one TLS connection with secrets from a key log.
///
/// Records are tried, not assumed: where one was missed, sequence numbers a little ahead are tried; in TLS 1.3 the
/// secrets that may come next are tried when those in use fail. So neither a lost record nor an unseen key change
/// stops it, and a record that opens is proof that its keys, its number and its bytes are right.
public struct RecordDecryptor: Sendable {
  /// Why records cannot be opened.
  public enum Obstacle: Hashable, Sendable {
    /// The key log holds nothing for this client random: it belongs to other connections.
    case noEntryForClientRandom
    /// It holds something, but none of these labels.
    case secretsMissing([String])
    /// No secret helps: this cipher or version is beyond this program.
    case unsupportedCipherSuite(CipherSuite)
  }

  private var client: DirectionDecryptor
  private var server: DirectionDecryptor

  /// What stands in the way of opening records; nil if `init` will succeed.
  public static func obstacle(
    keyLog: KeyLog, clientRandom: [UInt8], serverRandom: [UInt8], version: ProtocolVersion, cipherSuite: CipherSuite
  ) -> Obstacle? {
    guard let secrets = keyLog.secrets(clientRandom: clientRandom) else { return .noEntryForClientRandom }
    let isTLS13 = Self.isTLS13(version)
    let labels =
      isTLS13 ? Role.allCases.flatMap { DirectionDecryptor.labels(of: $0).map(\.label) } : [masterSecretLabel]
    guard labels.contains(where: { secrets[$0] != nil }) else { return .secretsMissing(labels) }
    let decryptor = RecordDecryptor(
      keyLog: keyLog, clientRandom: clientRandom, serverRandom: serverRandom, version: version,
      cipherSuite: cipherSuite, encryptThenMAC: false)
    return decryptor == nil ? .unsupportedCipherSuite(cipherSuite) : nil
  }

  /// Nil where `obstacle` names one.
  public init?(
    keyLog: KeyLog, clientRandom: [UInt8], serverRandom: [UInt8], version: ProtocolVersion, cipherSuite: CipherSuite,
    encryptThenMAC: Bool
  ) {
    guard let secrets = keyLog.secrets(clientRandom: clientRandom) else { return nil }
    if Self.isTLS13(version) {
      client = DirectionDecryptor(sender: .client, secrets: secrets, suite: cipherSuite)
      server = DirectionDecryptor(sender: .server, secrets: secrets, suite: cipherSuite)
      guard client.canOpen || server.canOpen else { return nil }
    } else {
      guard let master = secrets[Self.masterSecretLabel] else { return nil }
      func cipher(_ sender: Role) -> RecordCipher? {
        RecordCipher(
          masterSecret: master, clientRandom: clientRandom, serverRandom: serverRandom, version: version,
          suite: cipherSuite, encryptThenMAC: encryptThenMAC && cipherSuite.isCBC, sender: sender)
      }
      guard let clientCipher = cipher(.client), let serverCipher = cipher(.server) else { return nil }
      client = DirectionDecryptor(cipher: clientCipher)
      server = DirectionDecryptor(cipher: serverCipher)
    }
  }

  private static let masterSecretLabel = "CLIENT_RANDOM"

  /// TLS 1.3 and its drafts (0x7f00 and up), which share its key schedule from draft 19 on.
  private static func isTLS13(_ version: ProtocolVersion) -> Bool {
    version.rawValue == 0x0304 || (0x7f13...0x7fff).contains(version.rawValue)
  }

  /// Opens one record: its outer content type, its version and its fragment as they stand on the wire. In TLS 1.3 the
  /// result has the inner content type, padding removed. Nil where no key in reach fits.
  public mutating func open(
    contentType: ContentType, version: ProtocolVersion, fragment: RawSpan, from sender: Role
  ) -> (contentType: ContentType, plaintext: [UInt8])? {
    var cursor = ByteCursor(fragment)
    let bytes = cursor.readRemaining()
    return sender == .client
      ? client.open(bytes, contentType, version) : server.open(bytes, contentType, version)
  }

  /// The sender's Finished was read: what follows is under its application traffic secret (TLS 1.3).
  public mutating func finishedSeen(from sender: Role) {
    if sender == .client { client.advance(to: .application) } else { server.advance(to: .application) }
  }

  /// A KeyUpdate was read: what the sender sends next is under the next secret (RFC 8446 §7.2).
  public mutating func keyUpdate(from sender: Role) {
    if sender == .client { client.updateKeys() } else { server.updateKeys() }
  }
}
