import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsVersionQUIC = Mechanism(
    MechanismID(.tlsVersion, "quic"),
    CauseDescription(
      "No QUIC version in common",
      "The server named the QUIC versions that it speaks (RFC 9000 §6), the client's is not among them, and the client "
        + "gave up.",
      evidence: "a Version Negotiation packet from the server, and nothing more from the client"),
    stage: .clientHello,
    event: { inquiry in
      guard let connection = inquiry.connection, connection.outcome == .failed, connection.foundNoQUICVersion,
        let quic = connection.quic, let frame = quic.negotiationFrame, let version = quic.clientVersion
      else { return nil }
      let named = quic.versionsOffered(limit: 8)
      let spoken = named.isEmpty ? "no version that it names" : named
      var observations = [
        inquiry.observed(.offeredVersions, [connection.firstFrame], "the client's Initial packet is of \(version)"),
        inquiry.observed(.ending, [frame], "Version Negotiation from the server: it speaks \(spoken)"),
      ]
      // Nobody vouches for the packet (RFC 9000 §6.2): a client that is answered all the same ignores it.
      if let accepted = inquiry.working?.quic?.serverVersion {
        observations.append(
          inquiry.observedWorking(
            .serverChoice, inquiry.workingServerHelloFrames, "the server speaks \(accepted) with the working client"))
      }
      return Claim(
        .proof, "No QUIC version in common: the client speaks \(version), the server \(spoken)", observations)
    },
    advice: Advice(
      remedies: { inquiry in
        guard let quic = inquiry.connection?.quic else { return nil }
        let wanted = quic.clientVersion.map(\.description) ?? "the client's version"
        return [
          Remedy(for: "client", "Offer a QUIC version that the server speaks: \(quic.versionsOffered(limit: 4))"),
          Remedy(for: "server", "Enable \(wanted), which the client speaks"),
        ]
      }))
}

extension QUICFacts {
  /// The versions in the server's Version Negotiation, without those that are reserved for exercise (RFC 9000 §15).
  fileprivate func versionsOffered(limit: Int) -> String {
    (negotiationOffer ?? []).filter { !$0.isReserved }.prefix(limit).map(\.description).joined(separator: ", ")
  }
}
