import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpRefused = Mechanism(
    MechanismID(.tcpRefused),
    CauseDescription(
      "Connection refused",
      "Nothing listens on that address and port: the server's host answered the SYN with a reset.",
      evidence: "SYN, then RST from the server's address"),
    stage: .tcp,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Check host and port: nothing listens at {endpoint}")]
      ],
      server: [
        .granian: [.init("Check host and port", "granian --host 0.0.0.0 --port {port|8443} …")],
        .actix: [
          .init(
            "Bind to an address that clients reach; 127.0.0.1 inside a container is reachable from that container only",
            ".bind_rustls_0_23((\"0.0.0.0\", {port|8443}), config)?")
        ],
        .any: [
          .init("Start the service, and bind it to the address that clients use", "ss -ltnp 'sport = :{port}'")
        ],
      ], steps: [.init("On the server, see what listens on that port", "ss -ltnp 'sport = :{port}'")]))
}
