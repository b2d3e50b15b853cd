public import NetworkValues
public import TLSProtocol

/// A handshake message's place in the story.
public struct MessageNote: Sendable, Hashable {
  /// The frame in which it ends.
  public var frame: Int
  /// That frame's time.
  public var time: Timestamp
  /// Who sent it.
  public var sender: Role
  /// The message's type.
  public var type: HandshakeType
  /// Bytes with the 4-byte header.
  public var length: Int
  /// It was encrypted, and a key log opened it.
  public var isDecrypted: Bool
  public init(frame: Int, time: Timestamp, sender: Role, type: HandshakeType, length: Int, isDecrypted: Bool) {
    self.frame = frame
    self.time = time
    self.sender = sender
    self.type = type
    self.length = length
    self.isDecrypted = isDecrypted
  }
}

/// A record, and where it was seen.
public struct ObservedRecord: Sendable, Hashable {
  /// The frame in which it ends.
  public var frame: Int
  /// That frame's time.
  public var time: Timestamp
  /// Its header.
  public var record: RecordNote
  /// Who sent it.
  public var sender: Role
  public init(frame: Int, time: Timestamp, sender: Role, record: RecordNote) {
    (self.frame, self.time, self.sender, self.record) = (frame, time, sender, record)
  }
}

/// An alert, read or recognised.
public struct AlertNote: Sendable, Hashable {
  /// The frame in which it ends.
  public var frame: Int
  /// That frame's time.
  public var time: Timestamp
  /// Who sent it.
  public var sender: Role
  /// What it says; nil for an encrypted alert that no key opened.
  public var alert: Alert?
  /// It was sent encrypted (whether keys opened it or not).
  public var isEncrypted: Bool
  /// Bytes of the record's fragment.
  public var recordLength: Int
  public init(frame: Int, time: Timestamp, sender: Role, alert: Alert?, isEncrypted: Bool, recordLength: Int) {
    self.frame = frame
    self.time = time
    self.sender = sender
    self.alert = alert
    self.isEncrypted = isEncrypted
    self.recordLength = recordLength
  }
}

/// Something that broke the protocol's format.
public struct MalformedNote: Sendable, Hashable {
  /// The frame in which it ends.
  public var frame: Int
  /// Who sent it.
  public var sender: Role
  /// What and where, in words.
  public var text: String
  public init(frame: Int, sender: Role, text: String) { (self.frame, self.sender, self.text) = (frame, sender, text) }
}

/// Plaintext that one side sent where TLS was expected, or before it.
public struct PlaintextNote: Sendable, Hashable {
  /// The frame in which it ends.
  public var frame: Int
  /// That frame's time.
  public var time: Timestamp
  /// Who sent it.
  public var sender: Role
  /// The protocol that it looks like.
  public var kind: PlaintextKind
  /// The first line or bytes, with everything unprintable escaped; at most 120 characters.
  public var excerpt: String
  public init(frame: Int, time: Timestamp, sender: Role, kind: PlaintextKind, excerpt: String) {
    (self.frame, self.time, self.sender, self.kind, self.excerpt) = (frame, time, sender, kind, excerpt)
  }
}

/// What came of the key log for this connection.
public enum Decryption: Sendable, Hashable {
  /// No key log was given.
  case none
  /// The key log holds no secrets for this connection's ClientHello.
  case noSecrets
  /// Secrets were there, but records did not open, or the cipher suite is not supported.
  case failed
  case succeeded
}
