import HandshakeModel
import TLSProtocol

/// A ServerHello, then a single encrypted record of an alert's size, then the close: rustls and others judge ALPN and
/// signature schemes only after they have chosen version, suite and group.
extension Inquiry {
  /// The server of a TLS 1.3 handshake gave up right behind its own ServerHello, and no key tells what it said.
  var givenUpAfterServerHello: Observation? {
    guard let connection, let ending, connection.isTLS13, ending.ender == .server, ending.phase == .serverHello,
      ending.isEncryptedAlert || ending.isSilentClose, let frame = ending.frame, let answer = connection.serverHello
    else { return nil }
    return observed(
      .ending, [answer.frame, frame],
      ending.isEncryptedAlert
        ? "the ServerHello is followed by one encrypted record of an alert's size, then the close: the server itself gave up"
        : "the ServerHello is followed by nothing but the close: the server itself gave up")
  }
}
