public import HandshakeModel
import NetworkValues
import TLSProtocol

extension Comparison {
  /// Compares within one capture in which some connections fail and others work: a failed one with the one most like it
  /// that was established.
  public init(within story: CaptureStory, logs: LogEvidence = LogEvidence()) {
    var working = story
    working.connections = story.connections.filter { $0.outcome == .established }
    var failing = story
    failing.connections = story.connections.filter { $0.outcome != .established }
    guard failing.connections.contains(where: { $0.outcome == .failed || $0.transcript.isTLS }) else {
      self.init(working: working, failing: story, logs: logs)
      return
    }
    self.init(working: working, failing: failing, logs: logs)
  }
}

extension Connection {
  /// Belongs in a report: it carried TLS, was meant to, or came to nothing before it could.
  public var isReported: Bool {
    if transcript.isTLS { return true }
    // The connection that the client went on with tells how it went.
    if network.fallback != nil { return false }
    if !network.isConnected, !network.syns.isEmpty { return !ServicePort.isPlaintext(server.port) }
    // Plaintext between two that understand each other is somebody else's business.
    guard outcome == .failed else { return false }
    let code = Diagnosis.diagnose(self).first?.code
    // What nobody recognises, at a port that says nothing of TLS, is another protocol.
    if code == .appPlaintextClient, spokenProtocol == nil, !ServicePort.isTLS(server.port), transcript.alerts.isEmpty {
      return false
    }
    return code == .appPlaintextClient || code == .appStartTLS || code == .appProxyProtocol
      || code == .tcpClosedOnAccept
  }
}

extension Diagnosis {
  /// The names that a capture shows to have been looked up in vain, as a cause.
  public static func unresolvedNames(in story: CaptureStory) -> Cause? {
    let lookups = UnresolvedNames.among(story.lookups)
    guard !lookups.isEmpty else { return nil }
    return diagnose(Inquiry(attempt: Attempt(connections: [], lookups: lookups), connection: nil)).first
  }
}
