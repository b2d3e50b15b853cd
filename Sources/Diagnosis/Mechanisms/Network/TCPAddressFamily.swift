import HandshakeModel
import NetworkValues
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
    binds: [.client],
    state: { story in
      guard let connection = story.connection else { return nil }
      let family = AddressFamily(connection.server.address)
      // A client that tried both families is not bound to one.
      guard story.attempt.connections.allSatisfy({ AddressFamily($0.server.address) == family }) else { return nil }
      let frames = connection.network.syns.prefix(1).map(\.frame)
      return State(
        family.rawValue, [story.observed(.addressFamily, frames, "every connection was tried over \(family.rawValue)")])
    },
    reaction: { _, inquiry in
      guard let connection = inquiry.connection, let working = inquiry.working, working.showsWhatServerAccepts,
        connection.server.port == working.server.port
      else { return nil }
      let family = AddressFamily(connection.server.address)
      guard AddressFamily(working.server.address) == family.other, let failure = FamilyFailure(inquiry) else {
        return nil
      }
      let tried = inquiry.attempt.connections.count
      return Claim(
        failure.grade,
        "The failing client tried \(family.rawValue) only (\(connection.server)), which \(failure.outcome); the working "
          + "one connected over \(family.other.rawValue) (\(working.server))",
        [
          inquiry.observed(
            .ending, failure.frames,
            "\(connection.server) \(failure.outcome)"
              + (tried > 1 ? ", \(tried) tries, all over \(family.rawValue)" : "")),
          inquiry.observedWorking(
            .addressFamily,
            working.network.syns.prefix(1).map(\.frame) + working.network.acceptanceFrames,
            "\(working.server) accepted the connection and "
              + (working.outcome == .established ? "completed the handshake" : "answered the ClientHello")),
        ]
      ).yielding(to: .tlsUnknown)
    },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Tell Java which family to use: HttpsURLConnection tries only the first address of a name",
            "java {java-stack|-Djava.net.preferIPv4Stack=true} …"),
          .init("Or connect to {loopback|the address that works} instead of the name"),
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
      ],
      confirm: { it in
        let working = it.accepted?.endpoint
        return ConfirmationPlan(
          NextStep(
            "Connect over \(AddressFamily(it.server.address).rawValue): should fail as the client did",
            command: TransportConfirmation.asTheFailingClient(it)),
          working.flatMap { endpoint in
            TransportConfirmation.asTheWorkingClient(it).map {
              NextStep("Over \(AddressFamily(endpoint.address).rawValue): should pass", command: $0)
            }
          })
      },
      remedies: { $0.remediesForDroppedFamily }))
}

extension Inquiry {
  /// What helps where nobody answered over one family: something drops the packets, and the listener is not to blame. Nil
  /// where somebody answered.
  fileprivate var remediesForDroppedFamily: [Remedy]? {
    guard let connection, let working, !connection.network.isConnected, connection.network.resets.isEmpty,
      connection.network.icmpErrors.isEmpty, connection.network.syns.count > 1
    else { return nil }
    let (failing, other) = (
      AddressFamily(connection.server.address).rawValue, AddressFamily(working.server.address).rawValue
    )
    let record = failing == "IPv6" ? "AAAA" : "A"
    return [
      Remedy(
        for: "server",
        "Let \(failing) through: a firewall or a missing route drops the packets to \(connection.server) without a word; until "
          + "then take the name's \(record) record out"),
      Remedy(
        for: "client",
        "Let the client use \(other), or try every address of the name (Java: "
          + (other == "IPv4" ? "-Djava.net.preferIPv4Stack=true" : "-Djava.net.preferIPv6Addresses=true")
          + "; HttpsURLConnection tries only the first address)"),
    ]
  }
}

/// What came of connecting over one address family.
struct FamilyFailure {
  /// The end of a sentence that begins with the server's address.
  let outcome: String
  let frames: [Int]
  let grade: Grade

  /// Nil where the capture does not show that anything came of it.
  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, let ending = inquiry.ending else { return nil }
    let network = connection.network
    // Once something has answered, whoever answered is reached; the family may still lead to another server. A client
    // that does not speak TLS is refused over either.
    let reached =
      !network.server.isSilent || network.client.payloadBytes > 0 && connection.transcript.clientHellos.isEmpty
    guard !network.isConnected else {
      guard ending.manner != .silence || connection.hasWaitedForAnswer else { return nil }
      outcome =
        !connection.serverIsSilent
        ? "failed"
        : ending.manner == .silence ? "was accepted and then silent" : "was accepted and closed without one byte"
      frames = network.acceptanceFrames + (ending.frame.map { [$0] } ?? [])
      grade = reached ? .hint : .proof
      return
    }
    // A reset that does not answer the SYN refuses nothing: the capture lacks packets.
    guard network.resets.isEmpty || network.refusal != nil else { return nil }
    let answers = network.syns.prefix(2).map(\.frame) + network.resets.prefix(1).map(\.frame)
    if !network.resets.isEmpty {
      (outcome, frames, grade) = ("was refused", answers, reached ? .hint : .proof)
      return
    }
    if let error = network.icmpErrors.first {
      (outcome, frames, grade) = ("got \(error.name)", answers + [error.frame], reached ? .hint : .proof)
      return
    }
    frames = answers
    outcome = "was never answered"
    // As sure as it is that the other family does not work.
    let waited = inquiry.attempt.connections.first.map { connection.waited(since: $0.started) } ?? 0
    grade = reached ? .hint : Patience.grade(waited)
  }
}
