/// Kinds that observations of several mechanisms share. Two mechanisms that rest on observations of one kind explain the
/// same thing, and one of them is enough.
extension ObservationKind {
  // MARK: Network

  /// A name was looked up, and what came of it.
  static let lookup = ObservationKind("dns.lookup")
  /// The client's SYNs or first datagrams, and how often they were sent.
  static let attempt = ObservationKind("tcp.attempt")
  /// An ICMP error quoted a packet of the connection.
  static let icmpError = ObservationKind("icmp.error")
  /// The address family that a story uses.
  static let addressFamily = ObservationKind("ip.family")
  /// How a reset differs from its alleged sender's other packets.
  static let oddReset = ObservationKind("tcp.odd-reset")
  /// Segments that were sent again in vain, or vanished.
  static let loss = ObservationKind("tcp.loss")
  /// How long a side said nothing.
  static let silence = ObservationKind("tcp.silence")

  // MARK: Bytes around TLS

  /// Plaintext from the client.
  static let clientPlaintext = ObservationKind("plaintext.client")
  /// Plaintext from the server.
  static let serverPlaintext = ObservationKind("plaintext.server")
  /// A PROXY protocol header, a CONNECT or a SOCKS request, or that there was none.
  static let proxyHeader = ObservationKind("plaintext.proxy-header")
  /// The client asked for TLS in the protocol's own words.
  static let upgradeRequest = ObservationKind("plaintext.upgrade-request")

  // MARK: The hello

  /// That there was a ClientHello, and what of it no other kind names.
  static let clientHello = ObservationKind("hello.client")
  static let offeredVersions = ObservationKind("hello.versions")
  static let offeredSuites = ObservationKind("hello.cipher-suites")
  static let offeredGroups = ObservationKind("hello.groups")
  static let offeredSchemes = ObservationKind("hello.signature-schemes")
  static let offeredProtocols = ObservationKind("hello.alpn")
  static let serverName = ObservationKind("hello.server-name")
  static let offeredExtensions = ObservationKind("hello.extensions")
  /// Its size, and into how many records and segments it was cut.
  static let helloSize = ObservationKind("hello.size")
  /// A ticket, a pre-shared key, early data.
  static let offeredSession = ObservationKind("hello.session")
  static let fallbackSignal = ObservationKind("hello.fallback-scsv")

  // MARK: The server's choice and flight

  /// The ServerHello or HelloRetryRequest, and what it chose.
  static let serverChoice = ObservationKind("server.choice")
  /// The server's encrypted flight, as far as its sizes tell.
  static let serverFlight = ObservationKind("server.flight")
  static let acceptedBefore = ObservationKind("client.accepted-before")
  static let keyExchange = ObservationKind("server.key-exchange")
  static let serverCertificate = ObservationKind("certificate.server")
  static let certificateValidity = ObservationKind("certificate.validity")
  static let certificateNames = ObservationKind("certificate.names")
  static let certificateChain = ObservationKind("certificate.chain")
  static let certificateStrength = ObservationKind("certificate.grade")
  static let certificateUsage = ObservationKind("certificate.usage")
  static let certificateStatus = ObservationKind("certificate.status")
  static let certificateRequest = ObservationKind("certificate.request")
  static let clientCertificate = ObservationKind("certificate.client")
  /// The client's encrypted flight, as far as its sizes tell.
  static let clientFlight = ObservationKind("client.flight")

  // MARK: The end

  /// The last word that mattered: an alert, a close, a reset, or that there was none. Whatever explains a failure
  /// explains this.
  static let ending = ObservationKind("ending")
  /// Bytes that break the protocol.
  static let malformed = ObservationKind("tls.malformed")
  /// What came behind a completed handshake.
  static let afterHandshake = ObservationKind("after-handshake")
  /// What the capture does not hold.
  static let captureGap = ObservationKind("capture.gap")
  /// What an endpoint's log says.
  static let log = ObservationKind("log")
  /// What the packets show against another reading.
  static let contradiction = ObservationKind("contradiction")
}
