/// Both directions of one TLS connection: cuts records, joins handshake messages, tells plaintext from ciphertext, and
/// decrypts where a key log holds the secrets.
public struct TLSConversation {
  public init(keyLog: KeyLog?) {}

  /// Reads the next bytes of one direction, in order, as TCP delivers them.
  public mutating func receive(
    _ bytes: RawSpan, from sender: Role, frame: Int, emit: (TLSEvent) -> Void
  ) {}

  /// Notes that `count` bytes of one direction are missing at this place.
  public mutating func skip(_ count: Int, from sender: Role) {}
}
