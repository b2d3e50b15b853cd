public import HandshakeModel
import NetworkProtocols
public import TLSProtocol

/// What the rules look at: the attempt that failed, its decisive connection, and what a working attempt at the same goal
/// shows the server to accept.
public struct Inquiry: Sendable {
  public var attempt: Attempt
  /// The connection that decides the attempt; nil where none was even tried.
  public var connection: Connection?
  public var workingAttempt: Attempt?
  /// The working capture's connection to the same goal.
  public var working: Connection?
  /// Who ended the failing connection, when, and with what words.
  public var ending: Ending?
  /// What the endpoints' own logs say.
  public var logs: LogEvidence

  public init(
    attempt: Attempt, connection: Connection?, workingAttempt: Attempt? = nil, working: Connection? = nil,
    logs: LogEvidence = LogEvidence()
  ) {
    self.attempt = attempt
    self.connection = connection
    self.workingAttempt = workingAttempt
    self.working = working
    self.logs = logs
    ending = connection.map(Ending.init)
  }

  /// The failing ClientHello that the server's last word answered: the second where a HelloRetryRequest came between.
  public var hello: ClientHello? { connection?.transcript.clientHellos.last?.value }
  public var workingHello: ClientHello? { working?.transcript.clientHellos.last?.value }
  public var workingServerHello: ServerHello? { working?.serverHello?.value }

  /// The client's was the last word, if there was one.
  var isEndedByClient: Bool { ending?.ender == .client }

  /// Both captures show the same server endpoint.
  public var reachesSameServer: Bool {
    guard let connection, let working else { return false }
    return connection.server == working.server
  }

  func evidence(_ frames: [Int], _ text: String) -> Evidence { Evidence(.failing, frames: frames, text) }
  func workingEvidence(_ frames: [Int], _ text: String) -> Evidence { Evidence(.working, frames: frames, text) }
}
