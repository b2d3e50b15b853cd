import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsGroupRetry = Mechanism(
    MechanismID(.tlsGroup, "retry"),
    CauseDescription(
      "A HelloRetryRequest that leads nowhere",
      "The server asks the client to try again with another group (RFC 8446 §4.1.4), and the client has no share for it, "
        + "or what it sends then is not answered.",
      evidence: "a HelloRetryRequest, and no ServerHello behind it"),
    stage: .clientHello, binds: [.client, .server],
    state: { story in
      guard let connection = story.connection, let retry = connection.helloRetryRequest,
        let group = retry.value.selectedGroup, let hello = connection.transcript.clientHellos.first?.value
      else { return nil }
      let isOffered = Offer(hello: hello).groups.contains(group)
      return State(
        isOffered ? group.name : "\(group.name), not offered",
        [story.observed(.serverChoice, [retry.frame], "HelloRetryRequest for \(group.name)")])
    },
    reaction: { state, inquiry in
      guard let connection = inquiry.connection, connection.serverHello == nil, let ending = inquiry.ending,
        let group = connection.helloRetryRequest?.value.selectedGroup
      else { return nil }
      let hellos = connection.transcript.clientHellos
      let groups = hellos.first.map { Offer(hello: $0.value).groups } ?? []
      let second = hellos.count > 1 ? hellos.last : nil
      let observations =
        state.observations + [
          inquiry.observed(
            .offeredGroups, hellos.prefix(1).map(\.frame), "the ClientHello offers the groups \(Escaped.list(groups))"),
          inquiry.observed(
            .ending, (second.map { [$0.frame] } ?? []) + (ending.frame.map { [$0] } ?? []),
            second == nil
              ? "no second ClientHello follows" : "the second ClientHello is not answered with a ServerHello"),
        ]
      return groups.contains(group)
        ? Claim(
          .strong, "The server asked for the group \(group.name), and the retried handshake failed all the same",
          observations)
        : Claim(
          .proof, "The server insists on the group \(group.name), which the client does not offer", observations)
    })
}
