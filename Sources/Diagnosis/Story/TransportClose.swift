import HandshakeModel
import TLSProtocol

/// A QUIC CONNECTION_CLOSE of the transport, without an alert (RFC 9000 §20.1), that ended a failing connection.
struct TransportClose {
  let connection: Connection
  let ender: Role
  let code: UInt64
  let observation: Observation

  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, connection.outcome == .failed, let ending = inquiry.ending,
      case .quicClose(let close) = ending.manner, let frame = ending.frame, let ender = ending.ender,
      !close.isApplication
    else { return nil }
    (self.connection, self.ender, code) = (connection, ender, close.code)
    observation = inquiry.observed(
      .ending, [frame], "the \(ender.rawValue) closed the connection with \(close.said)")
  }
}
