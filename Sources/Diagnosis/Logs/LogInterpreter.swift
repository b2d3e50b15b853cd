import TLSProtocol

/// Turns the patterns of a line into a finding, in the light of the lines before it.
struct LogInterpreter: Sendable {
  private let side: Role
  private var context = LogContext()
  private var lastTime: LogTime?
  /// What a verification note said, until the handshake fails or the log ends.
  private var pending: LogFinding?
  private var stackVotes: [Stack: Int] = [:]
  private var dropped = 0

  init(side: Role) { self.side = side }

  mutating func interpret(_ line: [UInt8], _ matches: [UInt16], _ result: inout LogFindings) {
    var indices: [Int] = []
    for index in matches where !indices.contains(Int(index)) { indices.append(Int(index)) }
    indices.sort()
    let patterns = indices.map { LogPattern.all[$0] }
    if let time = LogTime(line) { lastTime = time }
    for pattern in patterns {
      if case .context(let event) = pattern.reading {
        context.note(event, line: line)
        if case .connected = event { forgetEarlierAddresses(&result) }
      }
      if let stack = pattern.stack { stackVotes[stack, default: 0] += 1 }
    }
    guard !isAboutAnotherConnection(patterns),
      let finding = finding(line, indices, result.lines, findingCount: result.findings.count)
    else { return }
    let isNote = patterns.contains { if case .verificationNote = $0.reading { true } else { false } }
    if isNote {
      pending = finding
      return
    }
    append(resolved(finding), &result)
  }

  mutating func finish(_ result: inout LogFindings) {
    if let pending, !context.isEstablished, result.findings.isEmpty { append(pending, &result) }
    result.stack = writer
    if dropped > 0 {
      result.notes.append("The log holds \(dropped) further findings; the first \(LogFindings.limit) are kept")
    }
  }

  /// The likeliest writer: the family with the most marks, by the product that has most of them.
  private var writer: Stack? {
    var families: [StackFamily: Int] = [:]
    for (stack, votes) in stackVotes { families[stack.family, default: 0] += votes }
    guard let family = families.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })?.key else {
      return nil
    }
    return stackVotes.filter { $0.key.family == family }
      .max { left, right in
        (left.key.product == nil ? 0 : 1, left.value, right.key.name)
          < (right.key.product == nil ? 0 : 1, right.value, left.key.name)
      }?.key
  }

  /// An address that did not answer does not matter once another did.
  private func forgetEarlierAddresses(_ result: inout LogFindings) {
    guard side == .client else { return }
    while let last = result.findings.last, last.cause.layer == .transport { result.findings.removeLast() }
  }

  /// A proxy's log tells of two sides: the connection to its upstream is the one where it is the client.
  private func isAboutAnotherConnection(_ patterns: [LogPattern]) -> Bool {
    let isUpstream = patterns.contains { if case .upstream = $0.reading { true } else { false } }
    return isUpstream && side == .server
  }

  private mutating func finding(
    _ line: [UInt8], _ indices: [Int], _ number: Int, findingCount: Int
  ) -> LogFinding? {
    let patterns = indices.map { LogPattern.all[$0] }
    let alert = LogAlert(line, patterns)
    var best: Reading?
    for index in indices where !isPart(of: indices, index) {
      let pattern = LogPattern.all[index]
      guard let (cause, confidence) = cause(of: pattern.reading) else { continue }
      let reading = Reading(
        cause: cause, mechanism: mechanism(of: pattern, cause), confidence: confidence, text: pattern.text)
      if best.map({ $0.isWeaker(than: reading) }) ?? true { best = reading }
    }
    // The peer's alert is the reason for whatever else the line says; one's own alert follows from it.
    if let alert, alert.isFromPeer || best == nil || best?.confidence == .possible,
      let (cause, confidence) = self.cause(of: alert), cause != .tlsUnknown || best == nil
    {
      best = Reading(cause: cause, mechanism: nil, confidence: confidence, text: alert.text)
    }
    guard let best else { return nil }
    guard findingCount < LogFindings.limit else {
      dropped += 1
      return nil
    }
    let focus = LogText.find(best.text, in: line) ?? 0
    let stack = patterns.compactMap(\.stack).first { $0.product != nil } ?? patterns.compactMap(\.stack).first
    return LogFinding(
      cause: best.cause, mechanism: best.mechanism, confidence: best.confidence, line: number,
      excerpt: LogText.excerpt(line, focus: focus),
      stack: stack, alert: alert?.description, isPeerAlert: alert?.isFromPeer ?? false, time: lastTime?.timestamp,
      isTimeZoneKnown: lastTime?.isZoneKnown ?? false, peer: LogPeer(line))
  }

  /// One way to read a line.
  private struct Reading {
    var cause: CauseCode
    var mechanism: String?
    var confidence: Confidence
    var text: String

    /// Surer wins, then a known cause, then the longer text.
    func isWeaker(than other: Reading) -> Bool {
      if confidence != other.confidence { return confidence < other.confidence }
      if (cause == .tlsUnknown) != (other.cause == .tlsUnknown) { return cause == .tlsUnknown }
      return text.utf8.count < other.text.utf8.count
    }
  }

  /// Whether another text that was found holds this one: `self-signed certificate in certificate chain` is not about a
  /// self-signed leaf.
  private func isPart(of patterns: [Int], _ pattern: Int) -> Bool {
    Self.containers[pattern].contains { other in
      patterns.contains(other) && cause(of: LogPattern.all[other].reading) != nil
    }
  }

  /// For each pattern, the patterns whose texts hold its text.
  private static let containers: [[Int]] = {
    let texts = LogPattern.all.map { Array($0.text.utf8) }
    return LogPattern.all.indices.map { index in
      texts.indices.filter { other in
        texts[other].count > texts[index].count && LogText.find(LogPattern.all[index].text, in: texts[other]) != nil
      }
    }
  }()

  private func cause(of reading: LogReading) -> (CauseCode, Confidence)? {
    switch reading {
    case .cause(let cause, let confidence):
      // What a server's log says of addresses and names is about what lies behind the server.
      if side == .server, cause.layer == .transport || cause.layer == .resolution {
        return (.tcpClosedOnAccept, .possible)
      }
      return (forSide(cause), confidence)
    case .bySide(let client, let server, let confidence, let onServer):
      return side == .client ? (client, confidence) : (server, onServer ?? confidence)
    case .peerClosed:
      if context.isEstablished && side == .client && !context.hasEmptyClientCertificate { return nil }
      if context.hasEmptyClientCertificate { return (.certClientRequired, .possible) }
      return side == .client && !context.hasServerHello ? (.tcpClosedOnAccept, .possible) : (.tlsUnknown, .possible)
    default: return nil
    }
  }

  /// What a server says about a certificate, it says about the client's.
  private func forSide(_ cause: CauseCode) -> CauseCode {
    guard side == .server, cause.layer == .certificate, cause != .certClientRequired else { return cause }
    return .certClientRejected
  }

  /// How the cause came about, as far as the text says. What a server says about a certificate names why it refused the
  /// client's.
  private func mechanism(of pattern: LogPattern, _ cause: CauseCode) -> String? {
    guard case .cause(let said, _) = pattern.reading else { return nil }
    if said == cause { return pattern.mechanismSide ?? side == side ? pattern.mechanism : nil }
    guard cause == .certClientRejected else { return nil }
    return switch said {
    case .certUsage: "usage"
    case .certExpired, .certNotYetValid: "expired"
    case .certUntrusted, .certSelfSigned, .certIncompleteChain: "untrusted"
    default: nil
    }
  }

  private func cause(of alert: LogAlert) -> (CauseCode, Confidence)? {
    let sender = alert.isFromPeer ? side.peer : side
    if alert.description == .closeNotify || alert.description == .userCanceled { return nil }
    let isAboutClientCertificate: Set<AlertDescription> = [
      .handshakeFailure, .badCertificate, .certificateRequired, .certificateUnknown,
    ]
    if sender == .server, context.hasEmptyClientCertificate, isAboutClientCertificate.contains(alert.description) {
      return (.certClientRequired, .likely)
    }
    // Whoever exchanges alerts speaks TLS: the readings about plaintext do not apply.
    guard let cause = Alerts.causes(of: alert.description, from: sender).first(where: { $0.layer != .application })
    else { return (.tlsUnknown, .possible) }
    // An alert with many readings names none of them.
    if alert.description == .handshakeFailure || alert.description == .internalError { return (.tlsUnknown, .possible) }
    return (cause, Alerts.isTelling(alert.description, from: sender) ? .likely : .possible)
  }

  /// A general failure takes the reason that a note before it gave, or that the printed chain shows.
  private mutating func resolved(_ finding: LogFinding) -> LogFinding {
    var finding = finding
    if finding.cause == .certUntrusted, finding.stack?.family == .jsse,
      let refined = context.refinedUntrusted(at: finding.time)
    {
      (finding.cause, finding.confidence) = refined
      finding.mechanism = nil
    }
    if finding.cause == .certRejected || finding.cause == .certClientRejected, let note = pending {
      (finding.cause, finding.confidence) = (note.cause, max(note.confidence, .likely))
      finding.mechanism = note.mechanism
      pending = nil
    }
    return finding
  }

  private mutating func append(_ finding: LogFinding, _ result: inout LogFindings) {
    if let last = result.findings.last, last.cause == finding.cause, last.peer == finding.peer || finding.peer == nil,
      last.alert == finding.alert || finding.alert == nil || last.alert == nil
    {
      let index = result.findings.count - 1
      result.findings[index].repeats += 1
      if result.findings[index].alert == nil {
        result.findings[index].alert = finding.alert
        result.findings[index].isPeerAlert = finding.isPeerAlert
      }
      if finding.confidence >= last.confidence, let mechanism = finding.mechanism {
        result.findings[index].mechanism = mechanism
      }
      result.findings[index].confidence = max(last.confidence, finding.confidence)
      return
    }
    result.findings.append(finding)
  }
}
