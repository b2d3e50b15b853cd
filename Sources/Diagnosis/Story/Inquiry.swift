public import HandshakeModel
public import TLSProtocol

/// What mechanisms look at: the attempt that failed, its decisive connection, and what a working attempt at the same goal
/// shows the server to accept.
public final class Inquiry: Sendable {
  /// What is judged.
  public let attempt: Attempt
  /// The connection that decides the attempt; nil where none was even tried.
  public let connection: Connection?
  /// What it is compared with; nil where there is no working capture.
  public let workingAttempt: Attempt?
  /// The working capture's connection to the same goal.
  public let working: Connection?
  /// Where nothing in the working capture has the failing connection's goal: a connection of the same client that worked, to
  /// somewhere else.
  public let elsewhere: Connection?
  /// An earlier connection of the same client to the same server that completed, in the failing capture.
  public let acceptedBefore: Connection?
  /// Who ended the failing connection, when, and with what words.
  public let ending: Ending?
  /// What the endpoints' own logs say.
  public let logs: LogEvidence

  /// Which mechanisms there is reason to ask.
  let signs: Signs

  public init(
    attempt: Attempt, connection: Connection?, workingAttempt: Attempt? = nil, working: Connection? = nil,
    elsewhere: Connection? = nil, acceptedBefore: Connection? = nil, logs: LogEvidence = LogEvidence()
  ) {
    self.attempt = attempt
    self.connection = connection
    self.workingAttempt = workingAttempt
    self.working = working
    self.elsewhere = elsewhere
    self.acceptedBefore = acceptedBefore
    self.logs = logs
    ending = connection.map(Ending.init)
    signs = connection.map { Signs($0) } ?? [.data, .tls]
  }

  /// The failing ClientHello that the server's last word answered: the second where a HelloRetryRequest came between.
  public var hello: ClientHello? { connection?.transcript.clientHellos.last?.value }
  /// The working client's last ClientHello.
  public var workingHello: ClientHello? { working?.transcript.clientHellos.last?.value }
  /// The answer that the working client got.
  public var workingServerHello: ServerHello? { working?.choice?.value }

  /// The client's was the last word, if there was one.
  var isEndedByClient: Bool { ending?.ender == .client }

  /// Both captures show the same server endpoint.
  public var reachesSameServer: Bool {
    guard let connection, let working else { return false }
    return connection.server == working.server
  }

  func evidence(_ frames: [Int], _ text: String) -> Evidence { Evidence(.failing, frames: frames, text) }
}

extension Connection {
  /// It completed, or was about to when the capture ended.
  var showsWhatServerAccepts: Bool { outcome == .established || isCutOffBehindAnswer }

  /// The server has taken the hello, and neither side has objected to anything when the capture ends, or the client has
  /// even finished.
  var isCutOffBehindAnswer: Bool {
    if unansweredFinished != nil { return true }
    return outcome == .incomplete && !transcript.serverHellos.isEmpty && !isClosed && transcript.alerts.isEmpty
      && transcript.malformed.isEmpty && transcript.notTLS.isEmpty
  }

  /// What the server chose: its ServerHello or, where the capture ends before that, its HelloRetryRequest, which settles
  /// version, cipher suite and group as well (RFC 8446 §4.1.4).
  var choice: Observed<ServerHello>? { serverHello ?? helloRetryRequest }
}
