import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appProxyProtocol = Mechanism(
    MechanismID(.appProxyProtocol),
    CauseDescription(
      "Proxy step missing or refused",
      "One side expects a PROXY protocol header or an HTTP CONNECT before TLS and the other does not send it, or "
        + "sends one that is not expected; or a proxy refuses a CONNECT, or never answers it.",
      evidence:
        "connections with a PROXY header pass and those without are closed, or the reverse; a CONNECT answered "
        + "with an error status"),
    stage: .firstBytes,
    // Packets show which step it is: see the mechanisms beside this one.
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "For HTTP proxies set the proxy's address; Java has no PROXY protocol client of its own",
            "java -Dhttps.proxyHost=PROXY -Dhttps.proxyPort=3128 …")
        ],
        .curl: [.init("Send the header", "curl -v --haproxy-protocol {url}")],
        .haproxy: [
          .init("Towards a backend that wants the header (or leave it out)", "server s1 {bare-endpoint} send-proxy-v2")
        ],
        .any: [.init("Connect through the proxy that adds the header, or to a port that does not want it")],
      ],
      server: [
        .nginx: [
          .init("Accept the header exactly where the balancer sends it", "listen {port|443} ssl proxy_protocol;")
        ],
        .haproxy: [
          .init(
            "bind … accept-proxy closes every connection without the header: keep it for the ports behind a balancer",
            "bind :{port|443} ssl crt site.pem   # without accept-proxy")
        ],
        .apache: [.init("Set it exactly where the balancer sends the header", "RemoteIPProxyProtocol On")],
        .any: [.init("Accept the PROXY protocol exactly on the ports whose peer sends it")],
      ], steps: [.init("Send the header by hand", "curl -kv --haproxy-protocol {url}")],
      confirm: { it in
        ConfirmationPlan(
          ApplicationConfirmation.withoutHeader(it),
          ApplicationConfirmation.withHeader(it, "exactly one of the two should pass"))
      },
      remedies: { $0.tunnelRemedies }, nextSteps: { $0.tunnelSteps }))
}
