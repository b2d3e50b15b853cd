import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpPathMTUToServer = Mechanism(
    MechanismID(.tcpPathMTU, "to-server"),
    CauseDescription(
      "Large packets to the server do not get through",
      "The client's full-size segments vanish on the way to the server while its small ones pass.",
      evidence: "the client repeats only large segments, and nobody acknowledges them"),
    stage: .tcp,
    event: { LargeSegments.vanish(from: .client, $0) })
}
