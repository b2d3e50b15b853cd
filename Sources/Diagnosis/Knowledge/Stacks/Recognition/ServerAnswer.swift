import HandshakeModel
import TLSProtocol

/// What tells the stack of a server: its ServerHello and, in TLS 1.3, the sizes of the encrypted records behind it.
struct ServerAnswer: Sendable {
  /// TLS 1.3 was chosen.
  let isTLS13: Bool
  /// The ServerHello's extensions in their order; before TLS 1.3 without server_name, which comes and goes.
  let extensions: [ExtensionType]
  /// The lengths of the server's encrypted records up to the client's first.
  let lengths: [Int]
  /// The length of a TLS 1.3 record that holds the Finished and no padding: 4 bytes of header, the hash, the content
  /// type, the tag (RFC 8446 §4.4.4 and §5.2).
  let finishedLength: Int

  /// Nil where the server did not answer.
  init?(_ transcript: Transcript) {
    guard let hello = transcript.serverHellos.last(where: { !$0.value.isHelloRetryRequest })?.value else { return nil }
    isTLS13 = hello.version == .tls13
    extensions = isTLS13 ? hello.extensionTypes : hello.extensionTypes.filter { $0 != .serverName }
    var lengths: [Int] = []
    for observed in transcript.records where observed.record.contentType == .applicationData {
      if observed.sender == .client { break }
      lengths.append(observed.record.length)
    }
    self.lengths = lengths
    finishedLength = 4 + (hello.cipherSuite == .TLS_AES_256_GCM_SHA384 ? 48 : 32) + 1 + 16
  }

  /// Whether its first extensions are these.
  func opens(with order: [ExtensionType]) -> Bool { extensions.starts(with: order) }
}
