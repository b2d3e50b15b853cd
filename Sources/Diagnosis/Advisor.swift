public import HandshakeModel
import NetworkValues
import TLSProtocol

/// Diagnoses one connection after another and remembers what it said: of handshakes that completed, what helps against a
/// cause, and whose hello is whose. In a long capture the same outcomes come back, and finding the same words for each of
/// them costs more than finding out what happened. One for each thread; judging itself remembers nothing.
public struct Advisor: Sendable {
  /// What helps against a cause, in the order in which it is told.
  struct Advice: Sendable {
    var remedies: [Remedy]
    var steps: [NextStep]
  }

  /// What advice on a connection follows from, where nothing is there to compare it with.
  private struct Key: Hashable {
    let mechanism: MechanismID
    let client: Stack?
    let server: Stack?
    let hello: HelloKey?
    let endpoint: Endpoint
    let certificate: Certificate?
    let spoken: PlaintextKind?
    let confirms: Bool

    /// Nil where more is known than one connection shows.
    init?(_ mechanism: MechanismID, _ stacks: Stacks, _ inquiry: Inquiry, confirms: Bool) {
      guard let connection = inquiry.connection, inquiry.working == nil, inquiry.attempt.lookups.isEmpty else {
        return nil
      }
      self.init(mechanism, stacks, connection, confirms: confirms)
    }

    /// Nil where the hello is none to remember.
    init?(_ mechanism: MechanismID, _ stacks: Stacks, _ connection: Connection, confirms: Bool) {
      guard connection.transcript.clientHellos.last?.value.isOfUsualLength ?? true else { return nil }
      self.mechanism = mechanism
      (client, server) = stacks
      hello = (connection.transcript.clientHellos.last?.value).map(HelloKey.init)
      endpoint = connection.server
      certificate = connection.transcript.serverCertificates?.value.first
      spoken = connection.spokenProtocol
      self.confirms = confirms
    }
  }

  /// A hello without what is random in it.
  private struct HelloKey: Hashable {
    let shape: ShapeKey
    let serverName: String?
    let resumes: Bool

    init(_ hello: ClientHello) {
      shape = ShapeKey(hello)
      serverName = hello.serverName
      resumes = !hello.preSharedKeyIdentities.isEmpty
    }
  }

  /// What a client's stack is told from.
  private struct ShapeKey: Hashable {
    let shape: HelloShapeIdentity<ClientHelloFields>
    let namesServer: Bool

    init(_ hello: ClientHello) {
      shape = HelloShapeIdentity(hello.shape)
      namesServer = hello.serverName != nil
    }
  }

  /// What words about a connection follow from: how it went, and what the advice does.
  private struct StoryKey<Story: Hashable & Sendable>: Hashable {
    let story: Story
    let advice: Key

    /// Nil where there is no key to the advice.
    init?(story: Story, advice: Key?) {
      guard let advice else { return nil }
      (self.story, self.advice) = (story, advice)
    }
  }

  /// A client that left a completed handshake at once, with nobody to compare it with: all that the doubts about the
  /// server's certificate follow from, but for their frames.
  private struct LeaveKey: Hashable, Sendable {
    /// By identity.
    let certificates: [Certificate]
    /// When the certificates were shown, in seconds since 1970.
    let time: Int64
    /// Without the hello nobody knows what name the client asked for.
    let hasHello: Bool
    let askedName: String?
    let address: IPAddress
    /// What the certificate's key usage must allow depends on it.
    let cipherSuite: CipherSuite?
    let sentData: Bool

    /// Nil where something else counts as well.
    init?(_ connection: Connection, _ close: Close) {
      guard close.sender == .client, connection.isTLS13 || connection.transcript.rareFeatures?.renegotiation == nil,
        let observed = connection.transcript.serverCertificates, connection.transcript.stapledOCSPResponse == nil
      else { return nil }
      certificates = observed.value
      time = observed.time.nanoseconds / 1_000_000_000
      hasHello = !connection.transcript.clientHellos.isEmpty
      askedName = connection.transcript.clientHellos.last?.value.serverName
      address = connection.server.address
      cipherSuite = connection.serverHello?.value.cipherSuite
      sentData = connection.clientSentData
    }
  }

  /// Doubts, with the frames that they were first told with.
  private struct Doubts {
    let causes: [Cause]
    let certificateFrame: Int
    let closeFrame: Int

    /// Nil where they speak of other frames.
    init?(_ causes: [Cause], certificateFrame: Int, closeFrame: Int) {
      let frames = causes.flatMap { $0.evidence.flatMap(\.frames) }
      guard certificateFrame != closeFrame, frames.allSatisfy({ $0 == certificateFrame || $0 == closeFrame }) else {
        return nil
      }
      (self.causes, self.certificateFrame, self.closeFrame) = (causes, certificateFrame, closeFrame)
    }

    func told(certificateFrame: Int, closeFrame: Int) -> [Cause] {
      var causes = causes
      for cause in causes.indices {
        for item in causes[cause].evidence.indices {
          causes[cause].evidence[item].frames = causes[cause].evidence[item].frames.map {
            $0 == self.closeFrame ? closeFrame : certificateFrame
          }.sorted()
        }
      }
      return causes
    }
  }

  var attempts = BoundedCache<AttemptKey, CauseCode>()
  private var known = BoundedCache<Key, Advice>()
  private var clients = BoundedCache<ShapeKey, StackGuess?>()
  private var leaves = BoundedCache<StoryKey<LeaveKey>, Doubts>()
  private var successes = BoundedCache<SuccessfulHandshake, Cause>()
  private var interruptions = BoundedCache<StoryKey<HandshakeUnderWay>, Cause>()

  public init() {}

  /// What ``Diagnosis/diagnose(_:logs:)`` says.
  public mutating func diagnose(_ connection: Connection, logs: LogEvidence) -> [Cause] {
    Diagnosis.diagnose(connection, logs: logs, &self)
  }

  /// What ``Stack/client(_:)`` says.
  mutating func client(_ hello: ClientHello) -> StackGuess? {
    guard hello.isOfUsualLength else { return Stack.client(hello) }
    return clients.value(for: ShapeKey(hello)) { Stack.client(hello) }
  }

  /// What ``Diagnosis/advice(for:_:_:confirms:)`` says.
  mutating func advice(
    for mechanism: Mechanism, _ stacks: Stacks, _ inquiry: Inquiry, confirms: Bool
  ) -> Advice {
    let make = { Diagnosis.advice(for: mechanism, stacks, inquiry, confirms: confirms) }
    guard let key = Key(mechanism.id, stacks, inquiry, confirms: confirms) else { return make() }
    return known.value(for: key, make: make)
  }

  /// What is said of a completed handshake whose client left at once; `diagnose` says it where it was not said before.
  mutating func doubts(
    about connection: Connection, diagnose: (inout Advisor) -> [Cause]
  ) -> [Cause] {
    guard let close = connection.firstClose, let leave = LeaveKey(connection, close),
      let certificateFrame = connection.transcript.serverCertificates?.frame
    else { return diagnose(&self) }
    let stacks = stacks(client: connection, server: connection, logs: LogEvidence())
    guard
      let key = StoryKey(story: leave, advice: Key(MechanismID(.none), stacks, connection, confirms: false))
    else { return diagnose(&self) }
    if let doubts = leaves.value(for: key), certificateFrame != close.frame {
      return [success(connection)] + doubts.told(certificateFrame: certificateFrame, closeFrame: close.frame)
    }
    let causes = diagnose(&self)
    if causes.first?.code == CauseCode.none,
      let doubts = Doubts(
        Array(causes.dropFirst()), certificateFrame: certificateFrame, closeFrame: close.frame)
    {
      leaves.remember(doubts, for: key)
    }
    return causes
  }

  /// What is said of a handshake that the capture's end interrupts; `diagnose` says it where it was not said before.
  mutating func interruption(
    of handshake: HandshakeUnderWay, _ connection: Connection, diagnose: (inout Advisor) -> [Cause]
  ) -> [Cause] {
    let stacks = stacks(client: connection, server: connection, logs: LogEvidence())
    guard
      let key = StoryKey(
        story: handshake, advice: Key(MechanismID(.captureIncomplete), stacks, connection, confirms: true))
    else { return diagnose(&self) }
    if var cause = interruptions.value(for: key) {
      cause.evidence[0].frames = [connection.lastFrame]
      return [cause]
    }
    let causes = diagnose(&self)
    // Remembered only where it cites nothing but the end.
    if causes.count == 1, let cause = causes.first, cause.code == .captureIncomplete, cause.evidence.count == 1,
      cause.evidence[0].frames == [connection.lastFrame]
    {
      interruptions.remember(cause, for: key)
    }
    return causes
  }

  /// The stacks of two sides, as their logs or their ways of writing show them; nil where nothing does.
  mutating func stacks(client: Connection?, server: Connection?, logs: LogEvidence) -> Stacks {
    let hello = client?.transcript.clientHellos.last?.value
    return (
      logs.client?.stack ?? Self.surely(hello.flatMap { self.client($0) }),
      logs.server?.stack ?? Self.surely(server.flatMap { Stack.server($0) })
    )
  }

  private static func surely(_ guess: StackGuess?) -> Stack? {
    guard let guess, guess.confidence >= .likely else { return nil }
    return guess.stack
  }

  /// What ``Diagnosis/success(_:of:)`` says.
  mutating func success(_ connection: Connection) -> Cause {
    let handshake = SuccessfulHandshake(connection)
    var cause = successes.value(for: handshake) { Diagnosis.success(handshake, of: connection) }
    if !cause.evidence.isEmpty { cause.evidence[0].frames = connection.serverHelloFrames }
    return cause
  }
}

/// The programs on both sides, where they are known.
typealias Stacks = (client: Stack?, server: Stack?)

/// What the words about a completed handshake follow from.
struct SuccessfulHandshake: Hashable, Sendable {
  let server: Endpoint
  let version: ProtocolVersion?
  let cipherSuite: CipherSuite?
  /// The capture lost bytes, one of which may have been an objection: those of a connection that went on to carry data
  /// both ways were none.
  let lacksWords: Bool

  init(_ connection: borrowing Connection) {
    server = connection.server
    version = connection.negotiatedVersion
    cipherSuite = connection.negotiatedCipherSuite
    lacksWords = connection.network.lacksBytes && !(connection.clientSentData && connection.serverSentData)
  }
}

extension Connection {
  /// The frame of the ServerHello proper, if there is one.
  var serverHelloFrames: [Int] {
    guard let index = transcript.serverHellos.lastIndex(where: { !$0.value.isHelloRetryRequest }) else { return [] }
    return [transcript.serverHellos[index].frame]
  }
}
