import HandshakeModel
import NetworkValues
import TLSProtocol

/// What few handshakes use, as labelled values.
enum RareFields {
  typealias Field = ConnectionFields.Field

  static func fields(of facts: RareFacts) -> [Field] {
    var fields: [Field] = []
    let features = facts.features
    func key(_ owner: Role, _ key: CertificateFacts?) {
      if let key { fields.append(Field("\(owner.rawValue)'s raw key", CertificateLines.key(of: key))) }
    }
    func compression(_ owner: Role, _ algorithm: CertificateCompressionAlgorithm?) {
      if let algorithm {
        fields.append(Field("compression", "the \(owner.rawValue)'s certificate came with \(algorithm.name)"))
      }
    }
    compression(.server, features.serverCertificateCompression)
    compression(.client, features.clientCertificateCompression)
    key(.server, features.serverRawPublicKey)
    key(.client, features.clientRawPublicKey)
    if let credential = features.delegatedCredential {
      fields.append(
        Field(
          "delegated credential",
          "valid \(credential.validTime) s after the certificate's start, for \(credential.certificateVerifyScheme.name)"
        ))
    }
    for timestamp in features.signedCertificateTimestamps { fields.append(Field("SCT", text(of: timestamp))) }
    if facts.offersEarlyData {
      let fate = facts.acceptsEarlyData.map { $0 ? "accepted" : "refused" } ?? "the answer is encrypted"
      fields.append(
        Field("early data", "\(Measures.count(features.earlyDataRecords, "piece")) sent ahead; \(fate)"))
    }
    if let observed = facts.encryptedHello { fields += encryptedHello(observed.value, facts) }
    if let note = features.renegotiation { fields.append(Field("renegotiation", "from frame \(note.frame) on")) }
    if features.heartbeatCount > 0 {
      let frames = FrameCitation.text(features.heartbeats.map(\.frame))
      fields.append(Field("heartbeats", "\(Measures.count(features.heartbeatCount, "record")), \(frames)"))
    }
    return fields
  }

  private static func encryptedHello(_ offer: EncryptedClientHelloOffer, _ facts: RareFacts) -> [Field] {
    var text = "\(offer.payloadLength) bytes for configuration \(offer.configID), real or GREASE"
    if facts.helloEncryption == .rejected { text += "; the server did not accept it" }
    var fields = [Field("encrypted hello", text)]
    if let names = facts.retryPublicNames {
      fields.append(
        Field("retry with", names.isEmpty ? "configurations that name nobody" : names.joined(separator: ", ")))
    }
    return fields
  }

  static func text(of timestamp: SignedCertificateTimestamp) -> String {
    let time = CivilTime(secondsSinceEpoch: Int64(clamping: timestamp.timestamp / 1000)).rfc3339
    return "\(time), log \(Hexadecimal.text(timestamp.logID))"
  }

  /// A stapled OCSP response.
  static func fields(of staple: [UInt8], leaf: Certificate?) -> [Field] {
    let response = OCSPResponse(der: staple)
    let answer = leaf.flatMap { response.answer(for: $0.facts) } ?? response.answers.first
    var fields = [Field("response", response.status?.name ?? "unreadable")]
    func time(_ label: String, _ seconds: Int64?) {
      if let seconds { fields.append(Field(label, CivilTime(secondsSinceEpoch: seconds).rfc3339)) }
    }
    if let answer {
      fields.append(Field("certificate", "\(answer.status.name), serial number \(answer.serialNumber)"))
      time("revoked", answer.status.revocationTime)
      time("this update", answer.thisUpdate)
      time("next update", answer.nextUpdate)
    }
    time("produced", response.producedAt)
    if !response.responder.isEmpty { fields.append(Field("responder", response.responder)) }
    if !response.problems.isEmpty { fields.append(Field("problems", response.problems.joined(separator: ", "))) }
    return fields
  }
}
