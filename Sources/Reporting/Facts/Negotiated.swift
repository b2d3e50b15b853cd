import HandshakeModel
import PacketCapture
import TLSProtocol

/// What a handshake agreed on, gathered from the messages that say so.
struct Negotiated {
  let version: ProtocolVersion
  let cipherSuite: CipherSuite
  let group: NamedGroup?
  let applicationProtocol: String?
  let isResumed: Bool

  /// Nil until the server has chosen; a HelloRetryRequest chooses nothing.
  init?(_ transcript: Transcript) {
    guard let index = transcript.serverHellos.lastIndex(where: { !$0.value.isHelloRetryRequest }) else { return nil }
    let hello = transcript.serverHellos[index].value
    version = hello.version
    cipherSuite = hello.cipherSuite
    group = hello.selectedGroup ?? transcript.serverKeyExchange?.value.group
    applicationProtocol = hello.applicationProtocol ?? transcript.encryptedExtensions?.value.applicationProtocol
    // Before TLS 1.3 a server resumes by repeating the session id (RFC 5246 §7.4.1.3) and sends no certificate; TLS 1.3
    // always repeats it.
    let clientSession = transcript.clientHellos.last?.value.legacySessionID ?? []
    let repeatsSession = !clientSession.isEmpty && hello.legacySessionID == clientSession
    isResumed =
      hello.selectedIdentity != nil
      || (!hello.version.isTLS13 && repeatsSession && transcript.serverCertificates == nil)
  }
}
