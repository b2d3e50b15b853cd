public import HandshakeModel
import NetworkValues
import TLSProtocol

/// Names why a handshake failed.
public enum Diagnosis {
  /// Findings weaker than this are not reported beside stronger ones.
  static let threshold = 30
  static let limit = 5

  /// The causes of one connection's failure, most likely first; exactly one, `none`, where nothing failed.
  public static func diagnose(_ connection: Connection, logs: LogEvidence = LogEvidence()) -> [Cause] {
    var memory = AdviceMemory()
    return diagnose(connection, logs: logs, &memory)
  }

  static func diagnose(_ connection: Connection, logs: LogEvidence, _ memory: inout AdviceMemory) -> [Cause] {
    guard logs.isEmpty else { return diagnose(alone: connection, logs, &memory) }
    if let handshake = HandshakeUnderWay(connection) {
      return memory.interruption(of: handshake, connection) { memory in diagnose(alone: connection, logs, &memory) }
    }
    guard connection.outcome == .established else { return diagnose(alone: connection, logs, &memory) }
    // Without a working connection to compare with, little casts doubt on a completed handshake.
    guard connection.mayHaveRefusedAndLeft else { return [memory.success(connection)] }
    return memory.doubts(about: connection) { memory in diagnose(alone: connection, logs, &memory) }
  }

  private static func diagnose(
    alone connection: Connection, _ logs: LogEvidence, _ memory: inout AdviceMemory
  ) -> [Cause] {
    diagnose(
      Inquiry(attempt: Attempt(connections: [connection], lookups: []), connection: connection, logs: logs), &memory)
  }

  /// The causes of an attempt's failure, most likely first.
  public static func diagnose(_ inquiry: Inquiry) -> [Cause] {
    var memory = AdviceMemory()
    return diagnose(inquiry, &memory)
  }

  private static func diagnose(_ inquiry: Inquiry, _ memory: inout AdviceMemory) -> [Cause] {
    if inquiry.attempt.succeeded, let connection = inquiry.connection, connection.outcome == .established {
      return doubts(inquiry, connection, &memory) ?? [memory.success(connection)]
    }
    let isFinished = inquiry.connection?.isFinishedByClient ?? false
    let findings = findings(
      inquiry, by: isFinished ? Mechanism.allWithDoubts : Mechanism.all, LoggedReasons.claims)
    let strongest = findings.first?.strength ?? 0
    var kept = findings.filter {
      $0.strength >= threshold && ($0.strength >= strongest - 45 || $0.strength >= Finding.likely)
    }
    if kept.contains(where: { $0.code != .tlsUnknown && $0.strength > 42 }) {
      kept.removeAll { $0.code == .tlsUnknown && $0.strength < Finding.likely }
    }
    if kept.isEmpty { kept = [undecided(inquiry)] }
    let stacks = inquiry.stacks(&memory)
    return kept.prefix(limit).enumerated().map { cause($1, inquiry, stacks, isFirst: $0 == 0, &memory) }
  }

  /// Short of a likely fault, a completed handshake is a completed handshake: what is left of doubt comes second.
  private static func doubts(
    _ inquiry: Inquiry, _ connection: Connection, _ memory: inout AdviceMemory
  ) -> [Cause]? {
    let doubts = findings(inquiry, by: Mechanism.doubts, LoggedReasons.doubts)
      .filter { $0.strength >= threshold }
    guard let strongest = doubts.first else { return nil }
    let stacks = inquiry.stacks(&memory)
    let causes = doubts.prefix(limit - 1).enumerated().map { cause($1, inquiry, stacks, isFirst: $0 == 0, &memory) }
    return strongest.strength >= Finding.likely ? causes : [memory.success(connection)] + causes
  }

  /// What mechanisms and logs find, one finding a code, strongest first.
  private static func findings(
    _ inquiry: Inquiry, by mechanisms: [Mechanism], _ logged: (Inquiry) -> [(id: MechanismID, claim: Claim)]
  ) -> [Finding] {
    var found: [Finding] = []
    let story = inquiry.failingStory
    // By index: a mechanism that is taken out of the list is counted among its holders. Most claim nothing.
    let signs = inquiry.signs
    for place in mechanisms.indices where mechanisms[place].wakes.isSubset(of: signs) {
      let state = mechanisms[place].state?(story)
      if let claim = mechanisms[place].reaction(state, inquiry) { found.append(Finding(mechanisms[place].id, claim)) }
    }
    var merged = merge(found)
    for (id, claim) in logged(inquiry) { sharpen(&merged, with: Finding(id, claim)) }
    let findings = weigh(merged, inquiry)
    guard findings.count > 1 else { return findings }
    return findings.sorted {
      $0.strength != $1.strength ? $0.strength > $1.strength : (order[$0.code] ?? 0) < (order[$1.code] ?? 0)
    }
  }

  /// One finding a code; evidence of equal codes is put together.
  private static func merge(_ findings: [Finding]) -> [Finding] {
    var merged: [Finding] = []
    for finding in findings {
      if let index = merged.firstIndex(where: { $0.code == finding.code }) {
        merged[index] = joined(merged[index], finding)
      } else {
        merged.append(finding)
      }
    }
    return merged
  }

  /// A log knows the cause and not how it came about: where packets show that, theirs is the headline, and the advice.
  private static func sharpen(_ findings: inout [Finding], with logged: Finding) {
    guard let index = findings.firstIndex(where: { $0.code == logged.code }) else { return findings.append(logged) }
    let found = findings[index]
    findings[index] = joined(found, logged)
    (findings[index].title, findings[index].mechanism) = (found.title, found.mechanism)
  }

  /// The stronger of two findings of one code, with the evidence of both.
  private static func joined(_ first: Finding, _ second: Finding) -> Finding {
    let (stronger, weaker) = first.strength >= second.strength ? (first, second) : (second, first)
    var joined = stronger
    // Packets and a log, or two logs, that say the same leave little doubt.
    if weaker.strength >= Finding.likely, stronger.strength < 97 {
      joined.strength = min(97, stronger.strength + 4)
    }
    joined.evidence += weaker.evidence.filter { !stronger.evidence.contains($0) }
    return joined
  }

  /// What findings mean to each other.
  private static func weigh(_ findings: [Finding], _ inquiry: Inquiry) -> [Finding] {
    var weighed = findings
    let reason =
      findings.filter { $0.code.layer == .certificate && $0.code != .certRejected || $0.code == .tlsSNIMissing }
      .map(\.strength).max() ?? 0
    for index in weighed.indices {
      switch weighed[index].code {
      // That the certificate was turned down is no news beside a strong word on why.
      case .certRejected where reason >= 80: weighed[index].strength = min(weighed[index].strength, reason - 1)
      // An authority that is unknown and an intermediate that is missing look alike to who does not see the chain.
      case .certUntrusted where inquiry.connection.flatMap(CertificateView.init) == nil:
        weighed[index].strength = min(weighed[index].strength, Finding.certain - 1)
      default: break
      }
    }
    return weighed
  }

  /// Bottom-up: decides between findings of equal strength.
  private static let order = Dictionary(uniqueKeysWithValues: CauseCode.allCases.enumerated().map { ($1, $0) })

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
      .captureIncomplete, 60, "The capture does not hold enough to say",
      evidence: inquiry.connection.map {
        [Evidence(.failing, frames: [$0.firstFrame], "connection \($0.index) shows neither success nor failure")]
      } ?? [])
  }

  private static func cause(
    _ finding: Finding, _ inquiry: Inquiry, _ stacks: Stacks, isFirst: Bool,
    _ memory: inout AdviceMemory
  ) -> Cause {
    let mechanism = finding.mechanism.flatMap(Mechanism.of) ?? finding.code.mechanism
    var advice = memory.advice(for: mechanism, stacks, inquiry, confirms: isFirst)
    let own = mechanism.advice.completed(by: finding.code.mechanism.advice)
    if let remedies = own.remedies?(inquiry) {
      advice.remedies = remedies
    }
    if let steps = own.nextSteps?(inquiry) { advice.steps = steps }
    var evidence = finding.evidence
    if isFirst, let close = inquiry.closeWithReason { evidence.append(close) }
    return Cause(
      finding.code, finding.title, confidence: finding.confidence,
      evidence: evidence.map { Evidence($0.capture, frames: inOrder($0.frames), $0.text) },
      remedies: advice.remedies, nextSteps: advice.steps,
      mechanism: finding.mechanism.flatMap { $0.detail == nil ? nil : $0 })
  }

  /// Each frame once.
  private static func inOrder(_ frames: [Int]) -> [Int] { frames.count > 1 ? Set(frames).sorted() : frames }

  /// What helps against a cause, and, where it `confirms` one, the commands that do. What a sharper mechanism leaves
  /// open is the general one's.
  static func advice(
    for mechanism: Mechanism, _ stacks: Stacks, _ inquiry: Inquiry, confirms: Bool
  ) -> AdviceMemory.Advice {
    let context = RemedyContext(inquiry)
    let advice = mechanism.advice.completed(by: mechanism.id.code.mechanism.advice)
    var told = AdviceMemory.Advice(
      remedies: Remedies.remedies(advice, client: stacks.client, server: stacks.server, context),
      steps: NextSteps.steps(advice, client: stacks.client, server: stacks.server, context))
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
