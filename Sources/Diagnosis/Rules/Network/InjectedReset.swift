import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// A RST that the peer itself hardly sent: its hop limit does not fit the peer's own packets, or the peer goes on as if
  /// nothing had happened.
  static let injectedReset = Rule(.tcpResetInjected) { inquiry in
    guard let connection = inquiry.connection, connection.outcome == .failed else { return [] }
    for reset in connection.network.resets {
      let peer = connection.network[reset.sender]
      guard connection.network.isConnected, let range = peer.hopLimitRange else { continue }
      var reasons: [Evidence] = []
      var strength = 0
      let distance =
        range.contains(reset.hopLimit)
        ? 0 : min(abs(Int(reset.hopLimit) - Int(range.lowerBound)), abs(Int(reset.hopLimit) - Int(range.upperBound)))
      if distance > 1, !isInitialHopLimitOfSameHost(reset.hopLimit, range.upperBound) {
        let name = connection.server.address.isIPv4 ? "TTL" : "hop limit"
        let usual =
          range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        reasons.append(
          inquiry.evidence(
            [reset.frame],
            "RST from the \(reset.sender.rawValue) with \(name) \(reset.hopLimit); its other packets have \(usual)"))
        strength = 91
      }
      if let offset = reset.sequenceOffset, offset != 0, reset.sequenceIsImplausible {
        reasons.append(
          inquiry.evidence(
            [reset.frame], "its sequence number is \(abs(offset)) bytes off what the \(reset.sender.rawValue) had sent")
        )
        strength = max(strength, 70)
      }
      if let later = peer.lastData, later.frame > reset.frame {
        reasons.append(
          inquiry.evidence([reset.frame, later.frame], "the \(reset.sender.rawValue) sent data after \"its\" RST"))
        strength = max(strength, 86)
      }
      if let later = peer.lastAck, later.frame > reset.frame,
        connection.network.resets.allSatisfy({ $0.frame != later.frame })
      {
        // A host that has reset a connection knows nothing of it any more; it does not go on to acknowledge.
        reasons.append(
          inquiry.evidence(
            [reset.frame, later.frame], "the \(reset.sender.rawValue) acknowledged data after \"its\" RST"))
        strength = max(strength, distance > 1 ? 93 : 84)
      }
      guard !reasons.isEmpty else { continue }
      let trigger = connection.transcript.clientHellos.last.map {
        inquiry.evidence(
          [$0.frame],
          "the RST follows the ClientHello" + ($0.value.serverName.map { " for \(Escaped.text($0))" } ?? "")
            + " by \(Seconds.text(reset.time.seconds(since: $0.time)))")
      }
      return [
        Finding(
          .tcpResetInjected, strength,
          "The connection was reset by something between client and \(reset.sender.rawValue), not by the \(reset.sender.rawValue) itself",
          evidence: reasons + (trigger.map { [$0] } ?? []))
      ]
    }
    return []
  }

  /// Some stacks send RSTs with an initial hop limit of their own (255 or 128 beside 64): as far away as the other packets.
  private static func isInitialHopLimitOfSameHost(_ reset: UInt8, _ other: UInt8) -> Bool {
    func hops(_ limit: UInt8) -> (start: Int, hops: Int) {
      let start = limit <= 32 ? 32 : limit <= 64 ? 64 : limit <= 128 ? 128 : 255
      return (start, start - Int(limit))
    }
    let (one, two) = (hops(reset), hops(other))
    return one.start != two.start && one.hops == two.hops
  }
}

extension Reset {
  /// Within a window's reach a RST may run ahead of data still under way; far off, it was guessed.
  var sequenceIsImplausible: Bool { sequenceOffset.map { $0 > 65_535 || $0 < -65_535 } ?? false }
}
