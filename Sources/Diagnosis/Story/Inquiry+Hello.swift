import HandshakeModel
import TLSProtocol

extension Inquiry {
  /// The frame of the ClientHello that the server's last word answered.
  var helloFrames: [Int] { connection?.transcript.clientHellos.suffix(1).map(\.frame) ?? [] }
  /// The frame of the working ClientHello that was answered.
  var workingHelloFrames: [Int] { working?.transcript.clientHellos.suffix(1).map(\.frame) ?? [] }
  /// The frame in which the server chose, in the working capture.
  var workingServerHelloFrames: [Int] { working?.choice.map { [$0.frame] } ?? [] }

  /// The group that the server used with the working client, where it shows.
  var workingGroup: NamedGroup? {
    workingServerHello?.selectedGroup ?? working?.transcript.serverKeyExchange?.value.group
  }

  /// The signature scheme that the server used with the working client, where it shows.
  var workingScheme: SignatureScheme? {
    working?.transcript.serverCertificateVerify?.value.signatureScheme
      ?? working?.transcript.serverKeyExchange?.value.signatureScheme
  }
}
