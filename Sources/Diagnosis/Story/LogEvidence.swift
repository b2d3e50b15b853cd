/// What the endpoints' logs say about the failing run, where they were given.
public struct LogEvidence: Sendable {
  /// Findings in the client's log.
  public var client: LogFindings?
  /// Findings in the server's log.
  public var server: LogFindings?

  public init(client: LogFindings? = nil, server: LogFindings? = nil) {
    (self.client, self.server) = (client, server)
  }

  /// No log was given.
  var isEmpty: Bool { client == nil && server == nil }
}
