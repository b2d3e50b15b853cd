/// Secrets by ClientHello random, as NSS key logs hold them
/// (https://datatracker.ietf.org/doc/draft-ietf-tls-keylogfile/): `LABEL CLIENT_RANDOM SECRET`, hex, a line each.
public struct KeyLog: Sendable {
  /// `secrets[random][label]`, the secret's bytes.
  public private(set) var secrets: [[UInt8]: [String: [UInt8]]] = [:]
  /// Lines that were no key log lines (comments and blank lines not counted).
  public private(set) var ignoredLines = 0

  public init() {}

  public var isEmpty: Bool { secrets.isEmpty }

  public mutating func insert(_ secret: [UInt8], label: String, clientRandom: [UInt8]) {
    secrets[clientRandom, default: [:]][label] = secret
  }
}
