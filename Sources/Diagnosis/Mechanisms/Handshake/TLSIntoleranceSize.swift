import HandshakeModel
import TLSProtocol

/// Three ways in which a hello is too much for who reads it; what helps is the general mechanism's.
extension Mechanism {
  static let tlsIntoleranceMessageSize = Mechanism(
    MechanismID(.tlsIntolerance, "message-size"),
    CauseDescription(
      "ClientHello is larger than the peer can take",
      "The server or a box before it fails on a ClientHello that is valid, and longer than the one that it takes.",
      evidence: "close, reset, silence or alert behind a hello that is larger than the working one"),
    stage: .clientHello,
    event: { $0.intolerance(of: .size) })

  static let tlsIntoleranceSplitHello = Mechanism(
    MechanismID(.tlsIntolerance, "split-hello"),
    CauseDescription(
      "ClientHello in several segments is not taken",
      "The server or a box before it reads one TCP segment and does not wait for the rest of the ClientHello.",
      evidence: "the failing hello comes in several segments, the working one in one"),
    stage: .clientHello,
    event: { $0.intolerance(of: .segments) })

  static let tlsIntoleranceFragmentedMessage = Mechanism(
    MechanismID(.tlsIntolerance, "fragmented-message"),
    CauseDescription(
      "ClientHello in several records is not taken",
      "The server or a box before it cannot put a ClientHello together that is cut over several records.",
      evidence: "the failing hello comes in more records than the working one"),
    stage: .clientHello,
    event: { $0.intolerance(of: .records) })
}
