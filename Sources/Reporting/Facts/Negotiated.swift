import HandshakeModel
import TLSProtocol

/// What a handshake agreed on, gathered from the messages that say so.
struct Negotiated: Hashable, Sendable {
  let version: ProtocolVersion
  let cipherSuite: CipherSuite
  let group: NamedGroup?
  let applicationProtocol: String?
  let isResumed: Bool

  /// Nil until the server has chosen; a HelloRetryRequest chooses nothing.
  init?(_ transcript: borrowing Transcript) {
    guard let index = transcript.serverHellos.lastIndex(where: { !$0.value.isHelloRetryRequest }) else { return nil }
    // Field by field: a copy of the whole hello costs more than all that is read of it.
    version = transcript.serverHellos[index].value.version
    cipherSuite = transcript.serverHellos[index].value.cipherSuite
    group = transcript.serverHellos[index].value.selectedGroup ?? transcript.serverKeyExchange?.value.group
    applicationProtocol =
      transcript.serverHellos[index].value.applicationProtocol
      ?? transcript.encryptedExtensions?.value.applicationProtocol
    isResumed =
      transcript.serverHellos[index].value.selectedIdentity != nil
      || !version.isTLS13 && Self.repeatsSession(transcript, index) && transcript.serverCertificates == nil
  }

  /// Before TLS 1.3 a server resumes by repeating the session id (RFC 5246 §7.4.1.3) and sends no certificate; TLS 1.3
  /// always repeats it.
  private static func repeatsSession(_ transcript: borrowing Transcript, _ index: Int) -> Bool {
    guard let session = transcript.clientHellos.last?.value.legacySessionID, !session.isEmpty else { return false }
    return transcript.serverHellos[index].value.legacySessionID == session
  }
}
