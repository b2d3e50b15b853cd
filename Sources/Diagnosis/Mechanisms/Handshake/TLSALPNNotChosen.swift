import HandshakeModel
import NetworkValues
import TLSProtocol

/// ALPN came to nothing, and the handshake completed all the same: what goes wrong shows above TLS.
extension Mechanism {
  static let tlsALPNNotChosen = Mechanism(
    MechanismID(.tlsALPN, "not-chosen"),
    CauseDescription(
      "Server chooses no application protocol",
      "The client offers HTTP/2 only (h2), as gRPC does, and the server answers without ALPN: gRPC clients and others take such a "
        + "connection for one without HTTP/2 and leave it.",
      evidence: "a hello that offers h2 only, an answer without ALPN, and a client that leaves before it sends any data"
    ),
    stage: .finished,
    event: { inquiry in
      guard let departure = Departure(inquiry), let hello = inquiry.hello, hello.applicationProtocols == ["h2"],
        let none = inquiry.observedNoProtocol, inquiry.connection?.clientSentData == false
      else { return nil }
      return Claim(
        .strong,
        "The client offers the application protocol h2 (HTTP/2) only, the server chooses none by ALPN, and the client leaves",
        [
          departure.ending, none,
          inquiry.observed(
            .offeredProtocols, inquiry.helloFrames, "the ClientHello offers h2 and nothing else by ALPN"),
        ] + inquiry.workingProtocols)
    },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("As a stopgap switch the client's demand for ALPN off (gRPC-Go: GRPC_ENFORCE_ALPN_ENABLED=false)")]
      ],
      server: [
        .haproxy: [.init("Announce HTTP/2", "bind :{port|443} ssl crt site.pem alpn h2,http/1.1")],
        .nginx: [.init("Enable HTTP/2, which announces h2 (before 1.25.1: listen … http2)", "http2 on;")],
        .go: [.init("Announce HTTP/2", "tls.Config{NextProtos: []string{\"h2\", \"http/1.1\"}}")],
        .any: [
          .init(
            "Enable ALPN with h2 in what ends TLS (HAProxy: alpn h2, nginx: http2 on, Go: NextProtos, a load balancer's ALPN policy)"
          )
        ],
      ],
      steps: [.init("See what the server chooses", "openssl s_client -connect {endpoint} -alpn h2 </dev/null")],
      confirm: { it in
        let endpoint = ConfirmCommands.word(it.server)
        return ConfirmationPlan(
          NextStep(
            "Offer h2: should say \"No ALPN negotiated\"",
            command: "openssl s_client -connect \(endpoint) -alpn h2 </dev/null"),
          nil)
      }))

  static let tlsALPNNotOffered = Mechanism(
    MechanismID(.tlsALPN, "not-offered"),
    CauseDescription(
      "Client offers no application protocol",
      "The client offers no ALPN, where the working one agrees on HTTP/2 by it: a server that speaks HTTP/2 only gets HTTP/1.1 "
        + "behind the handshake, and drops the connection.",
      evidence:
        "ALPN h2 chosen in the working capture, none offered in the failing one, and a server that closes at the first data"
    ),
    stage: .data,
    event: { inquiry in
      guard let connection = inquiry.connection, let working = inquiry.working, connection.outcome == .established,
        inquiry.reachesSameServer, let hello = inquiry.hello, hello.applicationProtocols.isEmpty,
        inquiry.workingHello?.applicationProtocols.contains("h2") == true, working.choseApplicationProtocol != false,
        connection.clientSentData, let close = connection.firstClose, close.sender == .server,
        // A server that answers and then closes speaks the client's protocol.
        let request = connection.encryptedRecords(from: .client).last(where: { $0.frame < close.frame }),
        close.time.seconds(since: request.time) < 1,
        !connection.transcript.records.contains(where: {
          $0.sender == .server && $0.frame > request.frame && $0.frame <= close.frame
        })
      else { return nil }
      return Claim(
        .hint,
        "The client offers no application protocol (ALPN), where the working one offers h2 (HTTP/2); the server closes at its "
          + "first data",
        [
          inquiry.observed(.offeredProtocols, inquiry.helloFrames, "the ClientHello offers no ALPN"),
          inquiry.observed(.ending, [close.frame], "the server closes right behind the client's first data"),
        ] + inquiry.workingProtocols)
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Use java.net.http.HttpClient, which speaks HTTP/2 and offers it by ALPN; HttpsURLConnection knows HTTP/1.1 only"
          )
        ],
        .any: [.init("Use a client that offers h2 by ALPN and speaks HTTP/2")],
      ],
      server: [
        .granian: [.init("Serve http/1.1 besides h2", "granian --http auto …")],
        .any: [.init("Let the server speak http/1.1 too, besides h2")],
      ],
      steps: [.init("See what the server says to HTTP/1.1", "curl -kv --http1.1 {url}")],
      confirm: { it in
        ConfirmationPlan(
          NextStep(
            "HTTP/1.1 without ALPN: should fail as the client did",
            command: "curl -kv --no-alpn \(it.curlTarget("https"))"),
          NextStep("HTTP/2: should pass", command: "curl -kv --http2 \(it.curlTarget("https"))"))
      }))

  static let tlsExtensionPostHandshake = Mechanism(
    MechanismID(.tlsExtension, "post-handshake-auth"),
    CauseDescription(
      "Client cannot be asked for a certificate later",
      "In TLS 1.3 a server may ask for a client certificate behind the handshake, for a path for example, of clients that announce "
        + "post_handshake_auth (RFC 8446 §4.2.6). Java, Go, rustls and browsers do not: such servers answer them 403.",
      evidence:
        "post_handshake_auth in the working hello only, whose client answers a request with a certificate behind its own"
    ),
    stage: .data,
    event: { inquiry in
      guard let connection = inquiry.connection, let working = inquiry.working, inquiry.reachesSameServer,
        connection.outcome == .established, working.outcome == .established, connection.isTLS13, working.isTLS13,
        let hello = inquiry.hello, let other = inquiry.workingHello, !hello.has(.postHandshakeAuth),
        other.has(.postHandshakeAuth),
        let answer = working.certificateBehindHandshake
      else { return nil }
      return Claim(
        .usual,
        "The client does not announce post_handshake_auth, and the server asks for a client certificate behind the handshake",
        [
          inquiry.observed(
            .offeredExtensions, inquiry.helloFrames, "the ClientHello has no post_handshake_auth extension"),
          inquiry.observedWorking(
            .offeredExtensions, inquiry.workingHelloFrames, "the working ClientHello has post_handshake_auth"),
          inquiry.observedWorking(
            .afterHandshake, answer,
            "behind the working client's request the server sends a small record, and the client answers with a large one"
          ),
        ])
    },
    advice: Advice(
      mends: .server,
      client: [
        .python: [.init("Announce it", "context.post_handshake_auth = True")],
        .java: [
          .init(
            "Java has no post-handshake authentication: use TLS 1.2 with this server",
            "java -Djdk.tls.client.protocols=TLSv1.2 …")
        ],
        .any: [.init("Announce post_handshake_auth, if the stack can; else use TLS 1.2 with this server")],
      ],
      server: [
        .apache: [
          .init("Ask at the handshake, for the whole virtual host instead of a location", "SSLVerifyClient require")
        ],
        .any: [
          .init(
            "Ask for the client certificate in the handshake, for the whole host instead of a path (Apache httpd: SSLVerifyClient outside "
              + "of Location), or serve this path over TLS 1.2")
        ],
      ],
      steps: [.init("Read the server's log for that second: it says which client could not be asked")],
      confirm: { it in
        let endpoint = ConfirmCommands.word(it.server)
        return ConfirmationPlan(
          NextStep(
            "Announce it, with a client certificate: should be asked behind the request",
            command: "openssl s_client -connect \(endpoint) -tls1_3 -enable_pha -cert client.pem -key client.key"), nil)
      }))
}

extension Connection {
  /// The frames of a small record from the server and a large one from the client, behind the client's first request and
  /// before any large answer: a certificate asked for and sent. Nil where there is nothing of the kind.
  fileprivate var certificateBehindHandshake: [Int]? {
    guard let finished = clientFinishedRecord else { return nil }
    let later = transcript.records.filter { $0.record.isEncrypted && $0.frame > finished.frame }
    guard let request = later.firstIndex(where: { $0.sender == .client && !isAlertSized($0) }) else { return nil }
    let behind = later[(request + 1)...]
    guard let asked = behind.first(where: { $0.sender == .server }), asked.record.length <= 400,
      let answered = behind.first(where: { $0.sender == .client && $0.frame > asked.frame }),
      answered.record.length >= 300
    else { return nil }
    return [asked.frame, answered.frame]
  }
}
