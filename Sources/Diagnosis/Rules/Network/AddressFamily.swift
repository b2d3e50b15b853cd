import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// The failing client used one address family only and got nowhere; the working one reached the service over the other.
  static let addressFamily = Rule(.tcpAddressFamily) { inquiry in
    guard let connection = inquiry.connection, let working = inquiry.working, working.showsWhatServerAccepts,
      connection.server.port == working.server.port,
      let ending = inquiry.ending
    else { return [] }
    let family = connection.server.address.isIPv4
    guard family != working.server.address.isIPv4,
      // Both families tried and both failed: the family is not what tells the two captures apart.
      inquiry.attempt.connections.allSatisfy({ $0.server.address.isIPv4 == family })
    else { return [] }
    // Once something has answered, whoever answered is reached; the family may still lead to another server. A client
    // that does not speak TLS is refused over either.
    let reached =
      !connection.network.server.isSilent
      || connection.network.client.payloadBytes > 0 && connection.transcript.clientHellos.isEmpty
    let outcome: String
    var frames: [Int] = []
    // As sure as it is that the other family does not work.
    var strength = 97
    if !connection.network.isConnected {
      // A reset that does not answer the SYN refuses nothing: the capture lacks packets.
      guard connection.network.resets.isEmpty || connection.network.refusal != nil else { return [] }
      outcome =
        connection.network.resets.isEmpty
        ? connection.network.icmpErrors.first.map { "got \($0.name)" } ?? "was never answered" : "was refused"
      if connection.network.resets.isEmpty, connection.network.icmpErrors.isEmpty {
        let waited = inquiry.attempt.connections.first.map { connection.waited(since: $0.started) } ?? 0
        strength = Patience.strength(waited, 97, 84, 48)
      }
      frames = connection.network.syns.prefix(2).map(\.frame) + connection.network.resets.prefix(1).map(\.frame)
    } else {
      guard ending.manner != .silence || connection.hasWaitedForAnswer else { return [] }
      outcome =
        !connection.serverIsSilent
        ? "failed"
        : ending.manner == .silence ? "was accepted and then silent" : "was accepted and closed without one byte"
      frames = connection.network.acceptanceFrames + (ending.frame.map { [$0] } ?? [])
    }
    let failingName = family ? "IPv4" : "IPv6"
    let workingName = family ? "IPv6" : "IPv4"
    let tried = inquiry.attempt.connections.count
    return [
      Finding(
        .tcpAddressFamily, reached ? 40 : strength,
        "The failing client tried \(failingName) only (\(connection.server)), which \(outcome); the working one "
          + "connected over \(workingName) (\(working.server))",
        evidence: [
          inquiry.evidence(
            frames, "\(connection.server) \(outcome)" + (tried > 1 ? ", \(tried) tries, all over \(failingName)" : "")),
          inquiry.workingEvidence(
            working.network.syns.prefix(1).map(\.frame) + working.network.acceptanceFrames,
            "\(working.server) accepted the connection and "
              + (working.outcome == .established ? "completed the handshake" : "answered the ClientHello")),
        ])
    ]
  }
}
