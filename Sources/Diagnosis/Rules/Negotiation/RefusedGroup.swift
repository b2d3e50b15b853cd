import HandshakeModel
import TLSProtocol

extension Rule {
  /// A HelloRetryRequest (RFC 8446 §4.1.4) that leads nowhere: the client has no share for the group asked for.
  static let failedRetry = Rule(.tlsGroup) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, let retry = connection.helloRetryRequest,
      connection.serverHello == nil, let hello = connection.transcript.clientHellos.first?.value
    else { return [] }
    let offer = Offer(hello: hello)
    guard let group = retry.value.selectedGroup else { return [] }
    let offered = offer.groups.contains(group)
    let second = connection.transcript.clientHellos.count > 1 ? connection.transcript.clientHellos.last : nil
    return [
      Finding(
        .tlsGroup, offered ? 78 : 95,
        offered
          ? "The server asked for the group \(group.name), and the retried handshake failed all the same"
          : "The server insists on the group \(group.name), which the client does not offer",
        evidence: [
          inquiry.evidence([retry.frame], "HelloRetryRequest for \(group.name)"),
          inquiry.evidence(
            connection.transcript.clientHellos.prefix(1).map(\.frame),
            "the ClientHello offers the groups \(Escaped.list(offer.groups))"),
          inquiry.evidence(
            (second.map { [$0.frame] } ?? []) + (ending.frame.map { [$0] } ?? []),
            second == nil
              ? "no second ClientHello follows" : "the second ClientHello is not answered with a ServerHello"),
        ])
    ]
  }
}
