import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tcpAddressFamily = Mechanism(
    MechanismID(.tcpAddressFamily),
    CauseDescription(
      "Address family not reachable",
      "The failing client reached for the service over one address family only (IPv6 or IPv4), and there it is not "
        + "served; the working client got through over the other one.",
      evidence: "in one capture a connection over IPv4 that works, in the other only IPv6 attempts that fail, or the "
        + "reverse"),
    stage: .address,
    event: { _ in nil },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Tell Java which family to use: HttpsURLConnection tries only the first address of a name",
            "java {java-stack|-Djava.net.preferIPv4Stack=true} …"),
          .init("Or connect to {loopback|the address that works} instead of localhost"),
        ],
        .curl: [.init("Choose the family that works", "curl {working-flag|-4} -v {url}")],
        .node: [
          .init(
            "Choose the family (option `family: 4` or `6`), or let Node try both (`autoSelectFamily`, on since 20)",
            "node --dns-result-order=ipv4first …")
        ],
        .any: [
          .init("Connect to {loopback|the address that works} instead of a name that resolves to both families"),
          .init("Let the client try every address of the name, not only the first"),
        ],
      ],
      server: [
        .rustls: [
          .init(
            "Bind the listener to both families",
            "TcpListener::bind(\"[::]:{port}\")   // and \"0.0.0.0:{port}\" "
              + "where dual stack is off")
        ],
        .granian: [
          .init(
            "Listen on every address: --host takes one, and :: covers IPv4 too where dual stack is on",
            "granian --host :: --port {port|8443} …")
        ],
        .actix: [
          .init(
            "Bind both families",
            ".bind_rustls_0_23((\"::\", {port|8443}), config.clone())?.bind_rustls_0_23((\"0.0.0.0\", {port|8443}), config)?"
          )
        ],
        .hyper: [
          .init(
            "Bind to both families (axum-server: `bind_rustls`)",
            "axum_server::bind_rustls(\"[::]:{port|8443}\".parse()?, config)")
        ],
        .nginx: [.init("Listen on both families", "listen {port|443} ssl; listen [::]:{port|443} ssl;")],
        .haproxy: [.init("Bind both families", "bind :::{port|443} v4v6 ssl crt site.pem")],
        .apache: [.init("Listen on both families", "Listen [::]:{port|443} https")],
        .any: [
          .init("Listen on {failing-family|both families} too: bind to [::] with dual stack, or add a second listener"),
          .init("In containers, publish the port on both families and check what the forwarder passes it to"),
        ],
      ],
      steps: [
        .init("Reach for the service over each family", "curl -4 -kv {url} ; curl -6 -kv {url}"),
        .init("On the server, see which addresses it listens on", "ss -ltn 'sport = :{port}'"),
      ]))
}
