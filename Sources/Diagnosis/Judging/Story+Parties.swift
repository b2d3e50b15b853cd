import HandshakeModel
import NetworkValues
import TLSProtocol

extension Story {
  /// Whether another story is about the same parties, so that a condition of theirs that it shows is the same one.
  func shares(_ parties: Set<Party>, with other: Story) -> Bool {
    guard let own = connection, let others = other.connection else { return false }
    return !parties.isEmpty
      && parties.allSatisfy { party in
        switch party {
        case .client: own.hasSameClient(as: others)
        case .server: own.hasSameServer(as: others)
        case .path: own.client.address == others.client.address && own.server.address == others.server.address
        case .moment: false
        }
      }
  }
}

extension Connection {
  /// Both hellos come from the same program with the same settings, as far as what it offers can show: the same versions,
  /// cipher suites, groups and signature schemes in the same order. Names, tickets and key shares may differ.
  fileprivate func hasSameClient(as other: Connection) -> Bool {
    guard let hello = transcript.clientHellos.first?.value, let others = other.transcript.clientHellos.first?.value
    else { return false }
    let (offer, otherOffer) = (Offer(hello: hello), Offer(hello: others))
    return offer.versions == otherOffer.versions && offer.suites == otherOffer.suites
      && offer.groups == otherOffer.groups && offer.schemes == otherOffer.schemes
  }

  /// Both reached the same service: one address and port serve as many of them as there are names.
  fileprivate func hasSameServer(as other: Connection) -> Bool {
    server == other.server && serverName == other.serverName
  }
}
