import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appProxyProtocolDoubled = Mechanism(
    MechanismID(.appProxyProtocol, "doubled"),
    CauseDescription(
      "PROXY header is sent twice",
      "Two PROXY protocol headers stand before TLS: two balancers in a row add one each, and the server, which expects one, "
        + "takes the second for the beginning of TLS.",
      evidence: "two PROXY headers before the ClientHello, and no ServerHello"),
    stage: .firstBytes, binds: [.server],
    state: { story in
      guard let headers = story.connection?.proxyHeaders, headers.count > 1 else { return nil }
      return State(
        "",
        [
          story.observed(
            .proxyHeader, headers.map(\.frame),
            "two PROXY headers stand before the ClientHello: the second is one too many")
        ])
    },
    reaction: { state, inquiry in
      guard let connection = inquiry.connection, connection.transcript.serverHellos.isEmpty,
        let ending = inquiry.ending,
        ending.frame != nil
      else { return nil }
      var observations = inquiry.untilTheEnd(state.observations)
      if let header = inquiry.working?.proxyHeader {
        observations.append(
          inquiry.observedWorking(.proxyHeader, [header.frame], "the working connection begins with one PROXY header"))
      }
      return Claim(
        inquiry.working == nil ? .strong : .proof,
        "The PROXY protocol header is sent twice, where the server expects one",
        observations)
    },
    advice: Advice(
      mends: .client,
      client: [
        .haproxy: [
          .init(
            "Leave send-proxy out towards a balancer or server that gets the header already",
            "server s1 {bare-endpoint}")
        ],
        .any: [.init("Let only one of the balancers add the PROXY header: switch it off in the other one")],
      ],
      server: [.any: [.init("Nothing at the server, which expects one header")]],
      steps: [.init("Find which two hops between client and server send a PROXY header, and leave one of them")],
      confirm: { it in
        ConfirmationPlan(
          ApplicationConfirmation.withHeader(it, "one header: should pass"), nil)
      }))
}
