public import HandshakeModel
import NetworkValues
import TLSProtocol

extension Comparison {
  /// Compares the attempt that matters in a failing capture with its counterpart in a working one.
  public init(working: CaptureStory, failing: CaptureStory, logs: LogEvidence = LogEvidence()) {
    let matcher = GoalMatcher(working: working, failing: failing)
    guard let inquiry = matcher.inquiry(logs: logs) else {
      if let told = Diagnosis.untried(logs) {
        self.init(working: nil, failing: nil, causes: told, divergence: nil, differences: [])
        return
      }
      self.init(
        working: nil, failing: nil,
        causes: [
          Cause(
            .captureIncomplete, "The failing capture holds no TLS connection, and none that failed before TLS",
            confidence: .certain,
            evidence: [],
            nextSteps: NextSteps.for(code: .captureIncomplete, client: nil, server: nil, context: RemedyContext()))
        ], divergence: nil, differences: [])
      return
    }
    self.init(inquiry)
    notes += [working, failing].compactMap(\.shortage)
    if causes.first?.code == CauseCode.none, let connection = inquiry.connection,
      let failed = working.failure(insteadOf: connection)
    {
      isSwapped = true
      // What nothing completed was found to compare with is shown beside it all the same.
      if workingConnection == nil { workingConnection = failed }
      notes.append(
        "Connection \(failed.index) of the capture said to work (\(Escaped.text(working.name))) failed, and the one said "
          + "to fail (\(Escaped.text(failing.name))) works: swap the two?")
    } else if let connection = inquiry.working, connection.outcome == .incomplete {
      notes.append(
        "The working capture (\(Escaped.text(working.name))) ends before its handshake is complete: what the server chose there is taken for what it accepts."
      )
    } else if working.connections.allSatisfy({ $0.outcome != .established }) {
      notes.append(
        "The working capture (\(Escaped.text(working.name))) holds no completed handshake: nothing shows what the server accepts."
      )
    } else if inquiry.working == nil {
      notes.append(
        "Nothing in the working capture has the failing connection's goal; the verdict rests on the failing capture alone."
      )
    }
    if inquiry.working == nil, let connection = inquiry.connection, connection.outcome == .failed,
      matcher.leavesGoalUndecided(besides: connection)
    {
      for index in causes.indices { causes[index].confidence = min(causes[index].confidence, .likely) }
      notes.append("The failing capture also holds a connection with the working one's goal, and not how it ended.")
    }
  }

  /// Compares two connections, wherever they come from.
  public init(working: Connection, failing: Connection, logs: LogEvidence = LogEvidence()) {
    self.init(
      Inquiry(
        attempt: Attempt(connections: [failing], lookups: []), connection: failing,
        workingAttempt: Attempt(connections: [working], lookups: []), working: working, logs: logs))
  }

  init(_ inquiry: Inquiry) {
    let verdict = Diagnosis.verdict(inquiry)
    let causes = verdict.causes
    let code = causes.first?.code ?? .none
    let divergence = causes.first.flatMap { Divergence(cause: $0, inquiry: inquiry) }
    self.init(
      working: inquiry.workingAttempt, failing: inquiry.attempt, causes: causes, divergence: divergence,
      differences: FieldComparison(inquiry: inquiry, code: code).differences())
    (observations, unexplained, excluded) = (verdict.observations, verdict.unexplained, verdict.excluded)
    workingConnection = inquiry.working
    failingConnection = inquiry.connection
    notes += EvidenceNotes.notes(inquiry, code: code)
  }
}

extension CaptureStory {
  /// A connection that failed to reach what `other` reached, in a capture in which none reached it.
  fileprivate func failure(insteadOf other: Connection) -> Connection? {
    let mates = connections.filter { mate in
      mate.isOfInterest && mate.server.port == other.server.port
        && (mate.serverName == nil || other.serverName == nil || mate.serverName == other.serverName)
    }
    guard !mates.contains(where: { $0.outcome == .established }) else { return nil }
    return mates.first { $0.outcome == .failed }
  }

  /// A sentence where the capture holds more connections than are kept of one.
  public var shortage: String? {
    guard statistics.forgottenConnections > 0 else { return nil }
    return "\(Escaped.text(name)) holds more connections than are kept of one capture: "
      + "\(statistics.forgottenConnections) were left aside, unanswered ones first."
  }
}

extension Divergence {
  /// Where the two stories part, by the first cause; nil where nothing failed.
  init?(cause: Cause, inquiry: Inquiry) {
    guard let stage = inquiry.stage(of: cause.code), inquiry.working != nil else { return nil }
    func frames(_ capture: CaptureRole) -> [Int] {
      Array(Set(cause.evidence.filter { $0.capture == capture }.flatMap(\.frames))).sorted()
    }
    var workingFrames = frames(.working)
    if workingFrames.isEmpty, let working = inquiry.working { workingFrames = working.frames(of: stage) }
    self.init(stage: stage, summary: cause.title, workingFrames: workingFrames, failingFrames: frames(.failing))
  }
}

extension Inquiry {
  /// The stage at which a cause shows; where the reason is not known, that at which the failing connection ended.
  func stage(of code: CauseCode) -> Stage? {
    guard code == .tlsUnknown, let ending else { return code.stage }
    switch ending.phase {
    case .connecting, .connected: return .tcp
    case .plaintext: return .firstBytes
    case .clientHello: return .clientHello
    case .serverHello: return .serverHello
    case .serverFlight: return .certificate
    case .clientFlight: return .keyExchange
    case .established: return .finished
    }
  }
}

extension Connection {
  /// The frames that show how this connection passed a stage.
  func frames(of stage: Stage) -> [Int] {
    switch stage {
    case .resolution: return []
    case .address: return network.syns.prefix(1).map(\.frame)
    case .tcp: return [network.synAck?.frame, serverHello?.frame].compactMap(\.self)
    case .firstBytes:
      return [transcript.plaintext.first?.frame ?? transcript.clientHellos.first?.frame].compactMap(\.self)
    case .clientHello: return transcript.clientHellos.map(\.frame)
    case .serverHello: return transcript.serverHellos.map(\.frame)
    case .certificate: return [transcript.serverCertificates?.frame ?? clientFinishedRecord?.frame].compactMap(\.self)
    case .keyExchange: return [transcript.serverKeyExchange?.frame ?? clientFinishedRecord?.frame].compactMap(\.self)
    case .finished:
      return [transcript.clientChangeCipherSpec?.frame, transcript.serverChangeCipherSpec?.frame].compactMap(\.self)
    case .data: return []
    }
  }
}
