public import HandshakeModel
import TLSProtocol

/// Names why a handshake failed.
public enum Diagnosis {
  static let limit = 5

  /// The causes of one connection's failure, most likely first; exactly one, `none`, where nothing failed.
  public static func diagnose(_ connection: Connection, logs: LogEvidence = LogEvidence()) -> [Cause] {
    var advisor = Advisor()
    return diagnose(connection, logs: logs, &advisor)
  }

  static func diagnose(_ connection: Connection, logs: LogEvidence, _ advisor: inout Advisor) -> [Cause] {
    guard logs.isEmpty else { return diagnose(alone: connection, logs, &advisor) }
    if let handshake = HandshakeUnderWay(connection) {
      return advisor.interruption(of: handshake, connection) { advisor in diagnose(alone: connection, logs, &advisor) }
    }
    guard connection.outcome == .established else { return diagnose(alone: connection, logs, &advisor) }
    // Without a working connection to compare with, little casts doubt on a completed handshake.
    guard connection.mayHaveRefusedAndLeft else { return [advisor.success(connection)] }
    return advisor.doubts(about: connection) { advisor in diagnose(alone: connection, logs, &advisor) }
  }

  private static func diagnose(
    alone connection: Connection, _ logs: LogEvidence, _ advisor: inout Advisor
  ) -> [Cause] {
    diagnose(
      Inquiry(attempt: Attempt(connections: [connection], lookups: []), connection: connection, logs: logs), &advisor)
  }

  /// The causes of an attempt's failure, most likely first.
  public static func diagnose(_ inquiry: Inquiry) -> [Cause] { verdict(inquiry).causes }

  /// All that is to be said of an attempt's failure.
  public static func verdict(_ inquiry: Inquiry) -> Verdict {
    var advisor = Advisor()
    return verdict(inquiry, &advisor)
  }

  private static func diagnose(_ inquiry: Inquiry, _ advisor: inout Advisor) -> [Cause] {
    verdict(inquiry, &advisor).causes
  }

  private static func verdict(_ inquiry: Inquiry, _ advisor: inout Advisor) -> Verdict {
    if inquiry.attempt.succeeded, let connection = inquiry.connection, connection.outcome == .established {
      return doubts(inquiry, connection, &advisor) ?? Verdict(causes: [advisor.success(connection)])
    }
    let isFinished = inquiry.connection?.isFinishedByClient ?? false
    let findings = findings(
      inquiry, by: isFinished ? Mechanism.allWithDoubts : Mechanism.all, LoggedReasons.claims)
    var kept = findings.found
    // Beside a proof a hint is none, and neither is what only a log makes of it: a remark still quotes the line.
    if let first = kept.first, first.grade == .proof {
      let isShown = first.evidence.contains { !$0.frames.isEmpty }
      kept.removeAll { $0.grade == .hint || isShown && $0.isLoggedOnly && $0.told < .certain }
    }
    if kept.contains(where: { $0.code != .tlsUnknown && !$0.isContradicted && !$0.yields.contains(.tlsUnknown) }) {
      kept.removeAll { $0.code == .tlsUnknown && $0.grade == .hint }
    }
    if kept.isEmpty { kept = [undecided(inquiry)] }
    let stacks = inquiry.stacks(&advisor)
    let causes = kept.prefix(limit).enumerated().map { cause($1, inquiry, stacks, isFirst: $0 == 0, &advisor) }
    return verdict(causes, first: kept[0], findings, inquiry)
  }

  /// Short of a likely fault, a completed handshake is a completed handshake: what is left of doubt comes second.
  private static func doubts(
    _ inquiry: Inquiry, _ connection: Connection, _ advisor: inout Advisor
  ) -> Verdict? {
    let findings = findings(inquiry, by: Mechanism.doubts, LoggedReasons.doubts)
    let doubts = findings.found
    guard let strongest = doubts.first else { return nil }
    let stacks = inquiry.stacks(&advisor)
    let causes = doubts.prefix(limit - 1).enumerated().map { cause($1, inquiry, stacks, isFirst: $0 == 0, &advisor) }
    guard strongest.grade >= .usual else { return Verdict(causes: [advisor.success(connection)] + causes) }
    return verdict(causes, first: strongest, findings, inquiry)
  }

  /// The causes, with all that was seen and excluded where another story was there to compare with.
  private static func verdict(
    _ causes: [Cause], first: Finding, _ findings: Findings, _ inquiry: Inquiry
  ) -> Verdict {
    guard inquiry.working != nil || inquiry.workingAttempt != nil else { return Verdict(causes: causes) }
    let observations = findings.inOrder
    return Verdict(
      causes: causes, observations: observations,
      unexplained: observations.filter {
        $0.capture == .failing && $0.kind.isTelling && !first.explained.contains($0.kind)
      },
      excluded: findings.excluded.filter { exclusion in !causes.contains { $0.code == exclusion.code } })
  }

  /// What mechanisms and logs find, one finding a code, strongest first.
  private static func findings(
    _ inquiry: Inquiry, by mechanisms: [Mechanism], _ logged: (Inquiry) -> [(id: MechanismID, claim: Claim)]
  ) -> Findings {
    var findings = Findings(inquiry, by: mechanisms)
    var merged = merge(findings.found)
    for (id, claim) in logged(inquiry) {
      findings.note(claim)
      sharpen(&merged, with: Finding(id, claim))
    }
    explainRejection(&merged)
    findings.found = weigh(merged, inquiry).ranked
    return findings
  }

  /// One finding a code; evidence of equal codes is put together.
  private static func merge(_ findings: [Finding]) -> [Finding] {
    var merged: [Finding] = []
    for finding in findings {
      if let index = merged.firstIndex(where: { $0.code == finding.code }) {
        merged[index] = merged[index].joined(with: finding)
      } else {
        merged.append(finding)
      }
    }
    return merged
  }

  /// A log knows the cause and not how it came about: where packets show that, theirs is the headline, and the advice.
  /// What they only let somebody infer need not be hedged once the log says it.
  private static func sharpen(_ findings: inout [Finding], with logged: Finding) {
    guard let index = findings.firstIndex(where: { $0.code == logged.code }) else { return findings.append(logged) }
    let found = findings[index]
    findings[index] = found.joined(with: logged)
    let isTold = found.toldTitle != nil && logged.grade >= .usual
    findings[index].title = isTold ? found.toldTitle ?? found.title : found.title
    (findings[index].mechanism, findings[index].toldTitle) = (found.mechanism, isTold ? nil : found.toldTitle)
    // Unless the log says how it came about, and packets do not, or only let somebody infer another way.
    guard let mechanism = logged.mechanism, mechanism.detail != nil, mechanism != found.mechanism,
      logged.grade >= .usual, found.mechanism?.detail == nil && found.grade < .proof || found.toldTitle != nil
    else { return }
    (findings[index].title, findings[index].mechanism, findings[index].toldTitle) = (logged.title, mechanism, nil)
  }

  /// That the certificate was turned down is what packets show of a reason that the client's log names: one finding.
  private static func explainRejection(_ findings: inout [Finding]) {
    guard let rejected = findings.firstIndex(where: { $0.code == .certRejected && $0.mechanism?.detail == nil }),
      let reason = findings.indices.filter({ findings[$0].isToldReasonOfRejection })
        .max(by: { findings[$0].told < findings[$1].told })
    else { return }
    let shown = findings[rejected]
    let told = findings[reason].evidence
    findings[reason].evidence += shown.evidence.filter { !told.contains(where: $0.says) }
    findings[reason].explained.formUnion(shown.explained)
    if findings[reason].told == .certain, shown.grade >= .usual { findings[reason].grade = .proof }
    findings.remove(at: rejected)
  }

  /// What findings mean to each other.
  private static func weigh(_ findings: [Finding], _ inquiry: Inquiry) -> [Finding] {
    var weighed = findings
    let reasons = findings.filter {
      $0.code.layer == .certificate && $0.code != .certRejected || $0.code == .tlsSNIMissing
    }
    for index in weighed.indices {
      switch weighed[index].code {
      // That the certificate was turned down is no news beside a strong word on why.
      case .certRejected:
        if let reason = reasons.map(\.grade).max(), reason >= .strong {
          weighed[index].grade = min(weighed[index].grade, reason)
        }
        weighed[index].yields.formUnion(reasons.map(\.code))
      // An authority that is unknown and an intermediate that is missing look alike to who does not see the chain.
      case .certUntrusted where inquiry.connection.flatMap(CertificateView.init) == nil:
        weighed[index].grade = min(weighed[index].grade, .strong)
      default: break
      }
    }
    return weighed
  }

  /// What logs say where the capture shows no connection at all; nil where they name no reason.
  static func untried(_ logs: LogEvidence) -> [Cause]? {
    let inquiry = Inquiry(attempt: Attempt(connections: [], lookups: []), connection: nil, logs: logs)
    var advisor = Advisor()
    let findings = findings(inquiry, by: [], LoggedReasons.claims).found.filter { $0.grade >= .usual }
    guard !findings.isEmpty else { return nil }
    let stacks = inquiry.stacks(&advisor)
    return findings.prefix(limit).enumerated().map { place, found in
      var finding = found
      finding.evidence.append(
        Evidence(.failing, frames: [], "the failing capture holds no connection: nothing was sent"))
      return cause(finding, inquiry, stacks, isFirst: place == 0, &advisor)
    }
  }

  /// What there is to say where nothing failed: the same for all handshakes that came to the same.
  static func success(_ handshake: SuccessfulHandshake, of connection: Connection) -> Cause {
    let version = handshake.version?.displayName ?? "TLS"
    let suite = handshake.cipherSuite.map { ", \($0.name)" } ?? ""
    return Cause(
      .none, "The handshake completed (\(version)): look above TLS",
      confidence: handshake.lacksWords ? .likely : .certain,
      evidence: [
        Evidence(
          .failing, frames: connection.serverHelloFrames,
          "\(handshake.server) answered with \(version)\(suite), and both sides finished"
            + (handshake.lacksWords ? "; the capture lacks some of what was said" : ""))
      ],
      nextSteps: stepsBehindSuccess)
  }

  /// The same for every connection that nothing is wrong with, which most are.
  private static let stepsBehindSuccess = NextSteps.for(code: .none)

  private static func undecided(_ inquiry: Inquiry) -> Finding {
    Finding(
      .captureIncomplete, .usual, "The capture does not hold enough to say",
      evidence: inquiry.connection.map {
        [Evidence(.failing, frames: [$0.firstFrame], "connection \($0.index) shows neither success nor failure")]
      } ?? [])
  }

  private static func cause(
    _ finding: Finding, _ inquiry: Inquiry, _ stacks: Stacks, isFirst: Bool,
    _ advisor: inout Advisor
  ) -> Cause {
    let mechanism = finding.mechanism.flatMap(Mechanism.of) ?? finding.code.mechanism
    var advice = advisor.advice(for: mechanism, stacks, inquiry, confirms: isFirst)
    let own = mechanism.advice.completed(by: finding.code.mechanism.advice)
    if let remedies = own.remedies?(inquiry) {
      advice.remedies = remedies
    }
    if let steps = own.nextSteps?(inquiry) { advice.steps = steps }
    var evidence = finding.evidence
    if isFirst, let close = inquiry.closeWithReason { evidence.append(close) }
    // What is certain is not hedged.
    let title = finding.confidence == .certain ? finding.toldTitle ?? finding.title : finding.title
    return Cause(
      finding.code, title, confidence: finding.confidence,
      evidence: evidence.map { Evidence($0.capture, frames: inOrder($0.frames), $0.text, kind: $0.kind) },
      remedies: advice.remedies, nextSteps: advice.steps,
      mechanism: finding.mechanism.flatMap { $0.detail == nil ? nil : $0 })
  }

  /// Each frame once.
  private static func inOrder(_ frames: [Int]) -> [Int] { frames.count > 1 ? Set(frames).sorted() : frames }

  /// What helps against a cause, and, where it `confirms` one, the commands that do. What a sharper mechanism leaves
  /// open is the general one's.
  static func advice(
    for mechanism: Mechanism, _ stacks: Stacks, _ inquiry: Inquiry, confirms: Bool
  ) -> Advisor.Advice {
    let context = RemedyContext(inquiry)
    let advice = mechanism.advice.completed(by: mechanism.id.code.mechanism.advice)
    var told = Advisor.Advice(
      remedies: Remedies.remedies(advice, client: stacks.client, server: stacks.server, context),
      steps: NextSteps.steps(
        advice, client: stacks.client, server: stacks.server, context, read: inquiry.logs))
    if confirms, let server = inquiry.connection?.server ?? inquiry.working?.server {
      let confirmation = Confirmation(
        hello: inquiry.hello, server: server, accepted: inquiry.working.map(ServerAcceptance.init(working:)),
        certificate: inquiry.connection?.transcript.serverCertificates?.value.first?.facts,
        spoken: inquiry.spokenProtocol)
      let plan = advice.confirm?(confirmation) ?? ConfirmCommands.plan(for: mechanism.id.code, confirmation)
      if let plan { told.steps = plan.steps + told.steps }
    }
    return told
  }
}
