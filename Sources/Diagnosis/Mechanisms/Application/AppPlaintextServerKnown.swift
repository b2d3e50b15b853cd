import HandshakeModel
import NetworkValues
import TLSProtocol

extension Mechanism {
  static let appPlaintextServerByWorkingClient = Mechanism(
    MechanismID(.appPlaintextServer, "by-working-client"),
    CauseDescription(
      "The port speaks no TLS, as the working client shows",
      "The working client speaks a protocol in plaintext with this very port, and is answered; the failing client starts TLS "
        + "there. Many servers say nothing to that: they wait for the rest of a command.",
      evidence: "plaintext both ways in the working capture, and a ClientHello to the same port that gets no TLS"),
    stage: .firstBytes,
    event: { inquiry in
      guard let connection = inquiry.connection, let hello = connection.transcript.clientHellos.first,
        connection.transcript.clientTLSOffset == 0, connection.transcript.serverTLSOffset == nil,
        connection.transcript.serverHellos.isEmpty, inquiry.reachesSameServer,
        let working = inquiry.working, working.speaksPlaintextOnly,
        let asked = working.firstPlaintext(from: .client) ?? working.firstPlaintext(from: .server),
        let answered = working.firstPlaintext(from: .server)
      else { return nil }
      let known = working.spokenProtocol.map { " (\($0.rawValue))" } ?? ""
      return Claim(
        .proof,
        "The port speaks plaintext\(known), without TLS: the working client uses it so, and the failing one starts TLS on it",
        inquiry.untilTheEnd([
          inquiry.observed(.clientHello, [hello.frame], "the client opens with a ClientHello"),
          inquiry.observedWorking(
            .clientPlaintext, Set([asked.frame, answered.frame]).sorted(),
            "the working client speaks plaintext with \(working.server), and is answered"),
        ]))
    })

  static let appPlaintextServerProxy = Mechanism(
    MechanismID(.appPlaintextServer, "http-proxy"),
    CauseDescription(
      "TLS is started with a proxy that speaks HTTP",
      "The port is an HTTP proxy's, which is asked in plaintext; the failing client starts TLS with the proxy itself, as it "
        + "does where the proxy's URL begins with https://.",
      evidence:
        "the working client sends CONNECT to the same port; the failing one a ClientHello, answered in plaintext"),
    stage: .firstBytes,
    event: { inquiry in
      guard let connection = inquiry.connection, let answer = PlaintextAnswer(connection), answer.prelude == nil,
        answer.note.kind == .httpResponse
      else { return nil }
      let request = inquiry.reachesSameServer ? inquiry.working?.proxyRequest : nil
      guard request?.kind == .httpConnect || connection.answersAsProxy else { return nil }
      var observations = [
        inquiry.observed(.clientHello, [answer.helloFrame], "the client opens with a ClientHello"),
        inquiry.observed(
          .serverPlaintext, [answer.note.frame],
          "the server says \"\(answer.note.excerpt)\", \(answer.order)"
            + (connection.answersAsProxy ? ", as a proxy" : "")),
      ]
      if let request {
        observations.append(
          inquiry.observedWorking(
            .proxyHeader, [request.frame], "the working client asks it, in plaintext: \"\(request.excerpt)\""))
      }
      return Claim(
        .proof, "\(connection.server) is an HTTP proxy, which speaks plain HTTP; the failing client starts TLS with it",
        inquiry.untilTheEnd(observations))
    },
    advice: Advice(
      mends: .client,
      client: [
        .any: [
          .init(
            "Give the proxy's URL as http://{bare-endpoint}, not https://, also where the target is https:// (HTTPS_PROXY=http://…): "
              + "the client then asks for a tunnel and starts TLS in it")
        ]
      ],
      server: [.any: [.init("Nothing: most proxies take requests in plaintext only")]],
      steps: [.init("Read the client's proxy settings: HTTPS_PROXY, https.proxyHost, the proxy option")],
      confirm: { it in
        let proxy = ConfirmCommands.text(it.server)
        return ConfirmationPlan(
          NextStep(
            "Start TLS with the proxy: should fail as the client did",
            command: "curl -kv -x \(ShellWord(known: "https://\(proxy)")) https://TARGET/"),
          NextStep(
            "Ask it in plaintext: should pass",
            command: "curl -kv -x \(ShellWord(known: "http://\(proxy)")) https://TARGET/"))
      },
      remedies: { _ in nil }))
}

extension Connection {
  /// The head of the server's plaintext answer names a proxy program.
  fileprivate var answersAsProxy: Bool {
    let head = String(decoding: transcript.serverPrefix, as: UTF8.self).lowercased()
    return ["server: squid", "server: tinyproxy", "proxy-agent:", "x-squid-error", "via: 1.1 "].contains {
      head.contains($0)
    }
  }

  /// Both sides spoke, and none of it was TLS.
  var speaksPlaintextOnly: Bool {
    !transcript.isTLS && firstPlaintext(from: .server) != nil && network.client.payloadBytes > 0 && !network.lacksBytes
  }
}

extension Inquiry {
  /// What helps where a client starts TLS with a server of a known protocol that speaks plaintext; nil for HTTP, or where
  /// the protocol is not known.
  var remediesForPlaintextPort: [Remedy]? {
    guard let spoken = spokenProtocol, spoken.isOtherThanHTTP, let settings = spoken.clientSettings else { return nil }
    var remedies = [Remedy(for: "client", "\(settings.without): this port speaks \(spoken.rawValue) without TLS")]
    if let working, working.showsWhatServerAccepts, let connection, working.server.port != connection.server.port {
      remedies.insert(
        Remedy(for: "client", "Use port \(working.server.port), on which the working client speaks TLS"), at: 0)
    }
    if let setting = spoken.serverSetting { remedies.append(Remedy(for: "server", setting)) }
    return remedies
  }

  /// What helps where a client speaks a known protocol in plaintext to a port of TLS; nil where general advice does.
  var remediesForTLSPort: [Remedy]? {
    guard let connection, let words = connection.firstPlaintext(from: .client) else { return nil }
    var remedies: [Remedy] = []
    if words.kind.isOtherThanHTTP || words.kind == .unknown {
      let settings = words.kind.clientSettings?.withTLS ?? "Switch TLS on in the client's settings"
      remedies = [
        Remedy(for: "client", "\(settings): this port wants TLS from the first byte"),
        Remedy(for: "server", "Or give such clients a port without TLS, where plaintext is wanted"),
      ]
    }
    guard working?.clientCertificateAnswer?.hasCertificate == true else { return remedies.isEmpty ? nil : remedies }
    let certificate =
      "TLS alone may not do: the working client sends a client certificate (mutual TLS), so give this one a certificate too"
    remedies = remedies.isEmpty ? [Remedy(for: "client", "Speak TLS, as https:// does, to this port")] : remedies
    return remedies + [
      Remedy(for: "client", certificate),
      Remedy(
        for: "server", "Or exclude what has no certificate, such as health probes, from mutual TLS: a port of its own"),
    ]
  }
}
