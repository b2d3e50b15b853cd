import HandshakeModel
import TLSProtocol

/// One thing in which a hello is larger or stranger than one that its server takes.
struct HelloOddity {
  enum Kind {
    /// It is longer.
    case size
    /// It is cut into more records.
    case records
    /// It came in more than one segment.
    case segments
    case grease
    /// It offers TLS 1.3.
    case version
    /// It carries extensions that the other one does not.
    case extensions
  }

  let kind: Kind
  let grade: Grade
  let observations: [Observation]
}

extension Inquiry {
  /// The claim that the server, or something before it, chokes on the hello, where `kind` is its weightiest oddity.
  func intolerance(of kind: HelloOddity.Kind) -> Claim? {
    guard let ending, let connection, mayBeIntolerance(connection, ending) else { return nil }
    let oddities = helloOddities(ending)
    guard let weightiest = oddities.max(by: { $0.grade < $1.grade }),
      // Of equal ones the first.
      let first = oddities.first(where: { $0.grade == weightiest.grade }), first.kind == kind
    else { return nil }
    let how =
      ending.alert.map { "answers with \($0.name) (\($0.rawValue))" }
      ?? (ending.manner == .silence ? "never answers" : "closes without an answer")
    return Claim(
      intoleranceGrade(first.grade, connection, ending),
      "The server or something in front of it \(how) when the ClientHello is larger or stranger than usual",
      untilTheEnd(oddities.flatMap(\.observations)))
  }

  /// The server closed at a part of the hello, where it took a hello that came whole.
  var closedAtPartOfHello: Claim? {
    guard let part = PartOfHello(self), let connection, let last = endingObservation else { return nil }
    let isServedWhole = servesWorkingClient && working?.splitsHello == false
    var observations = [
      observed(
        .helloSize, part.frames,
        "the ClientHello has \(part.size) bytes and comes in \(connection.network.client.dataSegments) segments; the server "
          + "had acknowledged \(part.bytes) of them when it ended the connection"), last,
    ]
    if isServedWhole, let workingHello {
      observations.append(
        observedWorking(
          .helloSize, workingHelloFrames,
          "the working ClientHello has \(workingHello.messageLength) bytes, in one segment"))
    }
    return Claim(
      isServedWhole ? .proof : .usual,
      "The server ended the connection at the first part of the ClientHello, \(part.bytes) of \(part.size) bytes: what reads "
        + "it does not wait for the whole hello", observations)
  }

  private func mayBeIntolerance(_ connection: Connection, _ ending: Ending) -> Bool {
    guard ending.phase == .clientHello, ending.ender == .server || ending.manner == .silence, let working,
      working.showsWhatServerAccepts, reachesSameServer
    else { return false }
    if let alert = ending.alert, !alert.mayMeanIntolerance { return false }
    if ending.manner == .silence, !connection.hasWaitedForAnswer { return false }
    // Who answers in plaintext does not choke on TLS: it speaks none.
    if ending.alert == nil, connection.transcript.serverTLSOffset == nil, !connection.serverIsSilentToHello {
      return false
    }
    // Without an acknowledgment the hello never arrived; nobody can have choked on it.
    return connection.network.client.unacknowledgedBytes == 0 && PartOfHello(self) == nil
      && !failingStory.hasMisspelledName
  }

  private func intoleranceGrade(_ weightiest: Grade, _ connection: Connection, _ ending: Ending) -> Grade {
    var grade = weightiest
    // Nothing acknowledges a datagram: a lost one, or a server that is not there, looks the same.
    if connection.transport != .tcp, ending.manner == .silence { grade = .hint }
    guard ending.alert != nil else { return grade }
    // An alert was chosen by somebody who read the hello: an offer that lacks what the server is known to use explains it
    // better than the hello's size.
    if offerDoubts.contains(where: { $0.grade >= .usual }) { return .hint }
    // Without the server's choice nothing excludes that the offer lacks it.
    return workingServerHello == nil ? .hint : grade
  }

  /// In what the failing hello is larger or stranger than the working one, in the order in which it is told.
  private func helloOddities(_ ending: Ending) -> [HelloOddity] {
    guard let hello, let other = workingHello, let connection, let working else { return [] }
    let pieces = connection.helloRecordCount
    let oddities = [
      sizeOddity(hello, other, ending),
      pieces > working.helloRecordCount
        ? oddity(.records, .strong, .helloSize, "the ClientHello is split over \(pieces) records") : nil,
      connection.network.client.dataSegments > 1 && !working.splitsHello && connection.splitsHello
        && pieces <= working.helloRecordCount
        ? oddity(.segments, .usual, .helloSize, "the ClientHello arrives in more than one segment") : nil,
      hello.cipherSuites.contains(where: \.isGREASE) && !other.cipherSuites.contains(where: \.isGREASE)
        ? oddity(
          .grease, .hint, .offeredSuites, "the ClientHello carries GREASE values, the working one does not") : nil,
      Offer(hello: hello).offersTLS13 && !Offer(hello: other).offersTLS13
        ? oddity(
          .version, ending.alert == nil ? .strong : .usual, .offeredVersions,
          "the ClientHello offers TLS 1.3, the working one does not") : nil,
    ].compactMap(\.self)
    if !oddities.isEmpty { return oddities }
    let unknown = hello.extensionTypes.filter {
      !$0.isGREASE && !other.has($0) && !Self.everydayExtensions.contains($0)
    }
    guard !unknown.isEmpty else { return [] }
    return [
      oddity(
        .extensions, .hint, .offeredExtensions,
        "the ClientHello carries \(Escaped.list(unknown)), which the working one does not")
    ]
  }

  /// Extensions that servers have long known, or that mechanisms of their own speak of.
  private static let everydayExtensions: Set<ExtensionType> = [
    .serverName, .applicationLayerProtocolNegotiation, .sessionTicket, .preSharedKey, .pskKeyExchangeModes, .earlyData,
    .cookie,
    .extendedMasterSecret, .renegotiationInfo, .supportedGroups, .ecPointFormats, .signatureAlgorithms, .statusRequest,
    .encryptThenMAC,
  ]

  private func sizeOddity(_ hello: ClientHello, _ other: ClientHello, _ ending: Ending) -> HelloOddity? {
    let (size, usual) = (hello.messageLength, other.messageLength)
    guard size > usual, size - usual >= 128 else { return nil }
    // Implementations were seen to choke on hellos of 256 to 511 bytes (RFC 7685 §1) and on those that fill more than
    // one packet; between these two, size is a guess.
    let isNotorious = ending.alert != nil || (256..<512).contains(size) && usual < 256 || size > 1200
    return HelloOddity(
      kind: .size, grade: !isNotorious ? .hint : size >= 2 * usual ? .strong : .usual,
      observations: [
        observed(.helloSize, helloFrames, "the ClientHello has \(size) bytes"),
        observedWorking(.helloSize, workingHelloFrames, "the working one has \(usual)"),
      ])
  }

  private func oddity(
    _ kind: HelloOddity.Kind, _ grade: Grade, _ observation: ObservationKind, _ text: String
  ) -> HelloOddity {
    HelloOddity(kind: kind, grade: grade, observations: [observed(observation, helloFrames, text)])
  }
}

extension Connection {
  /// Records before the server's first answer that carry the client's hello.
  fileprivate var helloRecordCount: Int {
    let answer = transcript.records.first { $0.sender == .server }?.frame ?? .max
    return transcript.records.count {
      $0.sender == .client && $0.record.contentType == .handshake && $0.frame <= answer
    }
  }

  /// The client's first data came in an earlier frame than its hello's last byte.
  fileprivate var splitsHello: Bool {
    guard let hello = transcript.clientHellos.first, let first = network.client.firstData else { return false }
    return first.frame < hello.frame && transcript.clientTLSOffset == 0
  }
}

extension AlertDescription {
  /// What intolerant implementations were seen to say.
  fileprivate var mayMeanIntolerance: Bool {
    [.decodeError, .illegalParameter, .handshakeFailure, .unexpectedMessage, .internalError, .recordOverflow].contains(
      self)
  }
}
