import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsALPN = Mechanism(
    MechanismID(.tlsALPN),
    CauseDescription(
      "No application protocol in common",
      "The protocols that the client offers by ALPN (h2, http/1.1, …) and those that the server speaks do not "
        + "overlap.",
      evidence: "alert no_application_protocol (120), or a server that closes after ALPN values it does not share"),
    stage: .clientHello,
    event: { inquiry in
      guard inquiry.ending?.alert == .noApplicationProtocol, let ending = inquiry.endingObservation,
        let hello = inquiry.hello
      else { return nil }
      let offered = Escaped.list(hello.applicationProtocols)
      return Claim(
        .proof, "No application protocol in common: the client offers \(offered)",
        [ending, inquiry.observed(.offeredProtocols, inquiry.helloFrames, "the ClientHello offers \(offered)")]
          + inquiry.workingProtocols)
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "HttpsURLConnection offers no ALPN and java.net.http.HttpClient h2 and http/1.1: choose the client or set "
              + "SSLParameters.setApplicationProtocols(new String[] {\"h2\", \"http/1.1\"})")
        ],
        .rustls: [
          .init("Offer both protocols", "config.alpn_protocols = vec![b\"h2\".to_vec(), b\"http/1.1\".to_vec()];")
        ],
        .curl: [.init("Offer http/1.1 only, or none", "curl -v --http1.1 {url} ; curl -v --no-alpn {url}")],
        .opensslCommand: [
          .init("Offer both (SSL_set_alpn_protos)", "openssl s_client -connect {endpoint} -alpn h2,http/1.1 </dev/null")
        ],
        .python: [.init("Offer both protocols", "context.set_alpn_protocols([\"h2\", \"http/1.1\"])")],
        .node: [.init("Option `ALPNProtocols: ['h2', 'http/1.1']`")],
        .haproxy: [.init("Towards a backend", "server s1 {bare-endpoint} ssl alpn h2,http/1.1")],
        .go: [.init("Set tls.Config.NextProtos", "tls.Config{NextProtos: []string{\"h2\", \"http/1.1\"}}")],
        .gnutls: [.init("Offer both", "gnutls-cli --alpn h2 --alpn http/1.1 -p {port|443} {host|HOST}")],
        .dotNet: [.init("Set SslClientAuthenticationOptions.ApplicationProtocols")],
        .any: [.init("Offer {protocol|a protocol that the server speaks}")],
      ],
      server: [
        .java: [.init("Enable http/1.1 besides h2 (Tomcat: UpgradeProtocol; Jetty: alpn and http2 modules)")],
        .rustls: [
          .init("Speak both protocols", "config.alpn_protocols = vec![b\"h2\".to_vec(), b\"http/1.1\".to_vec()];")
        ],
        .granian: [.init("Serve both HTTP versions", "granian --http auto …")],
        .hyper: [
          .init(
            "Offer what the connection builder serves",
            "config.alpn_protocols = vec![b\"h2\".to_vec(), b\"http/1.1\".to_vec()];")
        ],
        .python: [.init("Offer both protocols", "context.set_alpn_protocols([\"h2\", \"http/1.1\"])")],
        .node: [.init("Option `ALPNProtocols: ['h2', 'http/1.1']`; http2 servers: `allowHTTP1: true`")],
        .nginx: [.init("Enable HTTP/2 besides HTTP/1.1 (before 1.25.1: listen … http2)", "http2 on;")],
        .haproxy: [.init("Offer both", "bind :{port|443} ssl crt site.pem alpn h2,http/1.1")],
        .apache: [.init("Offer both", "Protocols h2 http/1.1")],
        .go: [.init("Add http/1.1 to tls.Config.NextProtos")],
        .any: [.init("Enable http/1.1 besides h2")],
      ],
      steps: [
        .init(
          "See which protocol the server picks", "openssl s_client -connect {endpoint} -alpn h2,http/1.1 </dev/null")
      ], asksForLogs: true,
      confirm: { it in
        HandshakeConfirmation.plan(it) { offer, accepted in
          guard let accepted else { return nil }
          if let chosen = accepted.applicationProtocol ?? accepted.offeredProtocols.first,
            HostText.isPlainProtocol(chosen)
          {
            offer.applicationProtocols.append(chosen)
            return "The same with ALPN \(chosen) offered as well: should pass"
          }
          guard accepted.offeredProtocols.isEmpty else { return nil }
          offer.applicationProtocols = []
          return "The same without ALPN: should pass"
        }
      },
      remedies: { inquiry in
        guard inquiry.connection?.quic != nil else { return nil }
        let offered = Escaped.list(inquiry.hello?.applicationProtocols ?? [])
        return [
          Remedy(for: "client", "Offer a protocol that the server speaks over QUIC, as h3 for HTTP/3"),
          Remedy(for: "server", "Enable one of the client's protocols on the QUIC listener: \(offered)"),
        ]
      }))
}
