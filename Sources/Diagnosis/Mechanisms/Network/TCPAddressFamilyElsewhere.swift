import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let tcpAddressFamilyElsewhere = Mechanism(
    MechanismID(.tcpAddressFamily, "served-over-the-other"),
    CauseDescription(
      "The same host serves the port over the other family",
      "The client tried one address family only, and there nobody serves the port; other connections of the same capture "
        + "reach it over the other family, at an address of the same name or on the loopback.",
      evidence:
        "a SYN that is refused or not answered over one family, no try of the client over the other, and a SYN-ACK of the same "
        + "host's other address"),
    stage: .address,
    event: { inquiry in
      guard inquiry.working == nil, let connection = inquiry.connection,
        let alternative = connection.network.alternative, let failure = FamilyFailure(inquiry)
      else { return nil }
      let family = AddressFamily(connection.server.address)
      return Claim(
        failure.grade,
        "The client tried \(family.rawValue) only (\(connection.server)), which \(failure.outcome); the same host accepts "
          + "connections over \(family.other.rawValue) (\(alternative.server))",
        [
          inquiry.observed(.ending, failure.frames, "\(connection.server) \(failure.outcome)"),
          inquiry.observed(
            .addressFamily, [alternative.accepted.frame], "\(alternative.server) accepted a connection"),
        ])
    },
    advice: Advice(
      mends: .client,
      confirm: { it in
        ConfirmationPlan(
          NextStep(
            "Connect over \(AddressFamily(it.server.address).rawValue): should fail as the client did",
            command: TransportConfirmation.asTheFailingClient(it)), nil)
      }))
}
