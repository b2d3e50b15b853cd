import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpServerSilent = Mechanism(
    MechanismID(.tcpServerSilent),
    CauseDescription(
      "Server never answers the ClientHello",
      "The server's host took the ClientHello but the program behind it sent nothing until the client gave up: it "
        + "hangs, is overloaded, or waits for something other than TLS.",
      evidence: "ClientHello acknowledged, no payload back, then the client's FIN or RST"),
    stage: .tcp,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check that the port is a TLS port: a plaintext service may wait for a command")]
      ],
      server: [
        .any: [.init("See whether the service hangs, waits for a backend, or is out of workers")]
      ], steps: [.init("See whether the server answers any TLS hello", "curl -kv --max-time 10 {url}")]))
}
