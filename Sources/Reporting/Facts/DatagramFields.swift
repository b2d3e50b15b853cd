import HandshakeModel
import TLSProtocol

/// What QUIC and DTLS show besides the handshake's messages, as labelled values.
enum DatagramFields {
  typealias Field = ConnectionFields.Field

  static func fields(of facts: QUICFacts) -> [Field] {
    var fields: [Field] = []
    if let version = facts.clientVersion { fields.append(Field("client's version", version.description)) }
    if let version = facts.serverVersion { fields.append(Field("server's version", version.description)) }
    if let offer = facts.negotiationOffer, let frame = facts.negotiationFrame {
      let versions = offer.prefix(16).map(\.description).joined(separator: ", ")
      fields.append(Field("negotiation", "frame \(frame): the server speaks \(versions)"))
    }
    if let frame = facts.retryFrame {
      let verdict = facts.isRetryGenuine.map { $0 ? ", its tag is right" : ", its tag is wrong" } ?? ""
      fields.append(Field("Retry", "frame \(frame)\(verdict)"))
    }
    for role in Role.allCases {
      fields.append(Field(role.rawValue, packets(role == .client ? facts.client : facts.server)))
    }
    for item in facts.closes {
      let reason = item.close.reason.isEmpty ? "" : ": \(item.close.reason.escapedForDisplay.clipped(to: 200))"
      fields.append(
        Field("close", "frame \(item.frame) from the \(item.sender.rawValue), \(item.close.name)\(reason)"))
    }
    if let frame = facts.handshakeDoneFrame { fields.append(Field("HANDSHAKE_DONE", "frame \(frame)")) }
    return fields
  }

  private static func packets(_ packets: QUICFacts.Packets) -> String {
    let counts = [
      (packets.initial, "Initial"), (packets.zeroRTT, "0-RTT"), (packets.handshake, "Handshake"),
      (packets.oneRTT, "1-RTT"), (packets.unopened, "not opened"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { "\(Measures.grouped($0.0)) \($0.1)" }
    return parts.isEmpty ? "no packets" : parts.joined(separator: ", ")
  }

  static func fields(of facts: DTLSFacts) -> [Field] {
    var fields: [Field] = []
    if let frame = facts.helloVerifyRequestFrame {
      let cookie = facts.didReturnCookie ? "the client returned the cookie" : "the client did not return the cookie"
      fields.append(Field("HelloVerifyRequest", "frame \(frame); \(cookie)"))
    }
    for role in Role.allCases {
      let sent = role == .client ? facts.client : facts.server
      var parts = [Measures.count(sent.records, "record"), "\(Measures.grouped(sent.encryptedRecords)) encrypted"]
      if sent.retransmittedMessages > 0 {
        parts.append(Measures.count(sent.retransmittedMessages, "repeated message"))
      }
      if let identifier = sent.connectionID { parts.append("wants connection ID \(Hexadecimal.text(identifier))") }
      if sent.malformed > 0 { parts.append("\(Measures.grouped(sent.malformed)) malformed") }
      fields.append(Field(role.rawValue, parts.joined(separator: ", ")))
    }
    return fields
  }
}
