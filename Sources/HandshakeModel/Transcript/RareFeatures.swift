public import TLSProtocol

/// What few handshakes use.
public struct RareFeatures: Sendable, Hashable {
  /// How each side's certificate was compressed (RFC 8879).
  public var clientCertificateCompression: CertificateCompressionAlgorithm?
  /// How the server's certificate was compressed (RFC 8879).
  public var serverCertificateCompression: CertificateCompressionAlgorithm?
  /// The key that a side sent in a certificate's place (RFC 7250): the facts hold nothing but the key.
  public var clientRawPublicKey: CertificateFacts?
  /// The key that the server sent in a certificate's place (RFC 7250).
  public var serverRawPublicKey: CertificateFacts?
  /// The credential that the server's certificate delegates to (RFC 9345).
  public var delegatedCredential: DelegatedCredential?
  /// What the server sends of Certificate Transparency outside its certificate (RFC 6962 §3.3).
  public var signedCertificateTimestamps: [SignedCertificateTimestamp] = []
  /// Heartbeat records (RFC 6520), at most ``heartbeatLimit``; the count goes on.
  public var heartbeats: [HeartbeatNote] = []
  /// All heartbeat records (RFC 6520), kept or not.
  public var heartbeatCount = 0
  /// The first handshake record that one side sent under the keys of a handshake that it had finished (before TLS 1.3).
  public var renegotiation: FrameNote?
  /// Records that the client sent before the ServerHello: 0-RTT (RFC 8446 §4.2.10).
  public var earlyDataRecords = 0

  /// Heartbeats that are kept.
  public static let heartbeatLimit = 16

  public init() {}
}

/// A heartbeat record's place.
public struct HeartbeatNote: Sendable, Hashable {
  /// The record's frame.
  public var frame: Int
  /// Who sent it.
  public var sender: Role
  /// Bytes of the record's fragment.
  public var length: Int
  /// The record is encrypted.
  public var isEncrypted: Bool
  public init(frame: Int, sender: Role, length: Int, isEncrypted: Bool) {
    (self.frame, self.sender, self.length, self.isEncrypted) = (frame, sender, length, isEncrypted)
  }
}
