import HandshakeModel
import TLSProtocol

extension Inquiry {
  /// How the failing connection ended; nil where there is none.
  var endingObservation: Observation? {
    guard let connection, let ending else { return nil }
    guard let frame = ending.frame else {
      return observed(
        .ending, [connection.lastFrame], "neither an alert nor a close was seen until the connection's last frame")
    }
    let who = ending.ender?.rawValue ?? "peer"
    switch ending.manner {
    case .alert(let alert): return observed(.ending, [frame], "\(who) alert \(alert.name) (\(alert.rawValue))")
    case .encryptedAlert:
      let size = connection.transport == .quic ? "" : ", and has an alert's size"
      return observed(.ending, [frame], "the \(who)'s last word was encrypted\(size)")
    case .fin: return observed(.ending, [frame], "the \(who) closed the connection (FIN)")
    // Who really sent it is another question.
    case .reset: return observed(.ending, [frame], "a reset (RST) from the \(who)'s address ended the connection")
    case .quicClose: return observed(.ending, [frame], "the \(who) closed the connection (CONNECTION_CLOSE)")
    case .silence: return nil
    }
  }

  /// The observations, and the ending behind them where none of them is it.
  func untilTheEnd(_ observations: [Observation]) -> [Observation] {
    guard let ending = endingObservation, !observations.contains(where: { $0.kind == .ending }) else {
      return observations
    }
    return observations + [ending]
  }
}
