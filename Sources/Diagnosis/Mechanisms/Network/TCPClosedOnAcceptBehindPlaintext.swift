import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpClosedOnAcceptBehindPlaintext = Mechanism(
    MechanismID(.tcpClosedOnAccept, "behind-plaintext"),
    CauseDescription(
      "Closed at the ClientHello, behind plaintext",
      "A proxy, or a service that is asked for TLS in its own words, answered the plaintext part and closed the "
        + "connection when the ClientHello came, without a byte of TLS.",
      evidence: "an answered CONNECT, SOCKS or upgrade request, the ClientHello, then FIN or RST from the server"),
    stage: .tcp,
    event: { inquiry in
      guard let close = CloseOnAccept(inquiry), let prelude = close.connection.preludeToHello else { return nil }
      return Claim(
        80, "\(close.connection.server) answered the plaintext part and \(close.manner) at the ClientHello",
        [
          inquiry.observed(
            .ending, close.frames,
            "\(prelude); the server \(close.manner) \(close.moment), without one byte of TLS")
        ])
    })
}
