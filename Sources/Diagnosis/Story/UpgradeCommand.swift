import HandshakeModel
import TLSProtocol

extension Inquiry {
  /// The client's request to start TLS, and the reply that refused it.
  var refusedUpgrade: (request: PlaintextNote, reply: PlaintextNote)? {
    guard let connection else { return nil }
    let notes = connection.transcript.plaintext
    guard let request = notes.first(where: { $0.sender == .client && $0.asksForTLS }) else { return nil }
    // A client that sends its hello all the same changes nothing: the server had said no. One that leaves without TLS
    // understood a reply so that is none of the usual ones.
    let reply =
      connection.transcript.clientTLSOffset == nil && connection.isClosed
      ? notes.first { $0.sender == .server && $0.frame > request.frame && !$0.grantsCommand }
      : connection.refusedUpgradeReply
    return reply.map { (request, $0) }
  }
}

extension Connection {
  /// The server's refusal of the client's wish to start TLS, where the client began TLS nevertheless and got none.
  var refusedUpgradeReply: PlaintextNote? {
    guard transcript.serverTLSOffset == nil,
      let request = transcript.plaintext.first(where: { $0.sender == .client && $0.asksForTLS }),
      let reply = transcript.plaintext.first(where: { $0.sender == .server && $0.frame > request.frame }),
      reply.refusesCommand
    else { return nil }
    return reply
  }
}

extension PlaintextNote {
  /// A negative reply: 4yz or 5yz (RFC 5321 §4.2, RFC 959 §4.2), a tagged NO or BAD (RFC 9051 §7.1), -ERR (RFC 1939 §3),
  /// PostgreSQL's N.
  var refusesCommand: Bool {
    let (first, second) = openingWords
    return Self.isReplyCode(first, of: "4", "5") || first == "-ERR" || first == "N" || second == "NO" || second == "BAD"
  }

  /// A positive reply: 2yz or 3yz, a tagged OK, +OK, PostgreSQL's S, XMPP's proceed (RFC 6120 §5.4.2.3).
  var grantsCommand: Bool {
    let (first, second) = openingWords
    return Self.isReplyCode(first, of: "2", "3") || first == "+OK" || first == "S" || first.hasPrefix("<PROCEED")
      || second == "OK"
  }

  /// The first two words in capitals, empty where there are fewer.
  private var openingWords: (first: String, second: String) {
    let words = excerpt.split(separator: " ").prefix(2).map { $0.uppercased() }
    return (words.first ?? "", words.dropFirst().first ?? "")
  }

  /// A reply of three digits, of one of the kinds that the first digit tells; more may follow without a space.
  private static func isReplyCode(_ word: String, of kinds: Character...) -> Bool {
    word.count >= 3 && word.prefix(3).allSatisfy(\.isNumber) && word.first.map(kinds.contains) == true
  }

  /// STARTTLS and its relatives (RFC 3207, RFC 2595, RFC 4217, RFC 4642, RFC 6120; LDAP's OID, PostgreSQL's SSLRequest).
  var asksForTLS: Bool {
    let text = excerpt.uppercased()
    return text.contains("STARTTLS") || text.hasPrefix("STLS") || text.hasPrefix("AUTH TLS")
      || text.hasPrefix("AUTH SSL")
      || text.contains("1.3.6.1.4.1.1466.20037") || text.hasPrefix("\\X00\\X00\\X00\\X08\\X04\\XD2\\X16/")
  }
}
