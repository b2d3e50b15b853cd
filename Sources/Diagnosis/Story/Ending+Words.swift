import HandshakeModel
import TLSProtocol

extension Ending.Phase {
  /// When it ended, as part of a sentence.
  var described: String {
    switch self {
    case .connecting: return "before TCP was connected"
    case .connected: return "before the client had sent anything"
    case .plaintext: return "in the plaintext part"
    case .clientHello: return "after the ClientHello"
    case .serverHello: return "after the ServerHello"
    case .serverFlight: return "after the server's flight"
    case .clientFlight: return "after the client's answer"
    case .established: return "after it was complete"
    }
  }
}

extension Ending {
  /// The last word as the end of a sentence.
  var described: String {
    let who = ender.map { "the \($0.rawValue)" } ?? "nobody"
    switch manner {
    case .alert(let alert): return "\(who) sent the alert \(alert.name) (\(alert.rawValue))"
    case .encryptedAlert: return "\(who) sent what looks like an encrypted alert and the connection was closed"
    case .fin: return "\(who) closed the connection"
    case .reset: return "\(who) reset the connection"
    case .quicClose(let close): return "\(who) closed the connection with \(close.said)"
    case .silence: return "both sides fell silent"
    }
  }
}

extension QUICConnectionClose {
  /// The code, and the reason where one is given.
  var said: String { reason.isEmpty ? name : "\(name): \"\(Escaped.text(reason))\"" }
}

extension Inquiry {
  /// The words that came with the close that ended a QUIC connection.
  var closeWithReason: Evidence? {
    guard let ending, let connection, connection.outcome == .failed,
      let item = connection.quic?.closes.first(where: { $0.frame == ending.frame && $0.sender == ending.ender }),
      !item.close.reason.isEmpty, case .alert = ending.manner
    else { return nil }
    return evidence([item.frame], "the reason given: \"\(Escaped.text(item.close.reason))\"")
  }
}
