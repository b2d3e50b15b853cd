import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let handshakeCompleted = Mechanism(
    MechanismID(.none),
    CauseDescription(
      "The handshake succeeded",
      "Both sides finished the TLS handshake. What went wrong, if anything, lies above TLS.",
      evidence: "a Finished from each side, then application data in both directions"),
    stage: nil,
    event: { _ in nil },
    advice: Advice(steps: [.init("Look at the application's own log and status codes", "curl -v {url}")]))
}
