import HandshakeModel
import TLSProtocol

/// What a handshake used that few do, put together from all of its messages; nil where it used nothing of the kind.
struct RareFacts {
  /// What became of an Encrypted ClientHello, as far as anybody but the two sides can tell.
  enum HelloEncryption: String { case unknown, rejected }

  let features: RareFeatures
  let offersEarlyData: Bool
  /// nil where the server's answer is hidden.
  let acceptsEarlyData: Bool?
  let encryptedHello: Observed<EncryptedClientHelloOffer>?
  let helloEncryption: HelloEncryption
  /// Public names of the configurations that the server would rather see; nil where it sent none.
  let retryPublicNames: [String]?

  init?(_ connection: borrowing Connection) {
    // Nearly no connection has any; copies of what is asked for that would cost more than the answer.
    guard Self.mayHaveAny(connection) else { return nil }
    let transcript = connection.transcript
    let first = transcript.clientHellos.first
    offersEarlyData = first?.value.has(.earlyData) == true
    let offer = first?.value.encryptedClientHelloOffer
    guard transcript.rareFeatures != nil || offersEarlyData || offer != nil else { return nil }
    var features = transcript.rareFeatures ?? RareFeatures()
    if let quic = connection.quic { features.earlyDataRecords = quic.client.zeroRTT }
    self.features = features
    let answer = transcript.encryptedExtensions?.value.extensions
    // Nobody may send early data behind a HelloRetryRequest (RFC 8446 §4.2.10).
    acceptsEarlyData =
      connection.helloRetryRequest != nil ? false : answer.map { $0.contains { $0.type == .earlyData } }
    encryptedHello = offer.flatMap { offer in first.map { Observed(offer, frame: $0.frame, time: $0.time) } }
    retryPublicNames = answer?.first { $0.type == .encryptedClientHello }.map {
      EncryptedClientHelloOffer.publicNames(ofConfigList: Array($0.body))
    }
    let isRefused = transcript.alerts.contains { $0.alert?.description == .echRequired }
    helloEncryption = retryPublicNames != nil || isRefused ? .rejected : .unknown
  }

  static func mayHaveAny(_ connection: borrowing Connection) -> Bool {
    if connection.transcript.hasRareFeatures { return true }
    guard !connection.transcript.clientHellos.isEmpty else { return false }
    return connection.transcript.clientHellos[0].value.has(.earlyData)
      || connection.transcript.clientHellos[0].value.has(.encryptedClientHello)
  }
}
