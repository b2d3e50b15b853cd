import HandshakeModel
import NetworkValues
import TLSProtocol

/// What helps against a mechanism, and what confirms it. A mechanism that leaves a part of it open takes that part from
/// the general mechanism of its code.
struct Advice: Sendable {
  /// The side on which a change mends the cause in most cases: its remedies stand first.
  var mends: Role?
  /// Remedies for the client, by whom they are for.
  var client: [Audience: [RemedyTemplate]] = [:]
  /// Remedies for the server, by whom they are for.
  var server: [Audience: [RemedyTemplate]] = [:]
  /// What to run or look at, whatever the stacks.
  var steps: [RemedyTemplate] = []
  /// TLS 1.3 or a bare close hides the reason: logs or keys of both sides would show it.
  var asksForLogs = false
  /// Two commands that test the verdict: one that fails as the client did, one with a single change that passes.
  var confirm: (@Sendable (Confirmation) -> ConfirmationPlan?)?
  /// Remedies that only this very story gives, in place of those above; nil where it gives none.
  var remedies: (@Sendable (Inquiry) -> [Remedy]?)?
  /// Steps that only this very story gives, in place of those above; nil where it gives none.
  var nextSteps: (@Sendable (Inquiry) -> [NextStep]?)?
}

extension Advice {
  /// This advice, and where it leaves a part open, the other one's.
  func completed(by general: Advice) -> Advice {
    var advice = self
    advice.mends = mends ?? general.mends
    if client.isEmpty && server.isEmpty {
      (advice.client, advice.server) = (general.client, general.server)
      advice.remedies = remedies ?? general.remedies
    }
    if steps.isEmpty {
      advice.steps = general.steps
      advice.nextSteps = nextSteps ?? general.nextSteps
    }
    advice.asksForLogs = asksForLogs || general.asksForLogs
    advice.confirm = confirm ?? general.confirm
    return advice
  }

  /// The remedies for one side, by whom they are for.
  func remedies(for side: Role) -> [Audience: [RemedyTemplate]] { side == .client ? client : server }
}

/// What commands that confirm a verdict are made from.
struct Confirmation: Sendable {
  /// The failing client's last ClientHello; nil where it came to none.
  var hello: ClientHello?
  /// The endpoint that the failing client reached for.
  var server: Endpoint
  /// What the working capture shows that the server accepts; nil where there is none.
  var accepted: ServerAcceptance?
  /// The leaf that the server sent, where it was seen.
  var certificate: CertificateFacts?
  /// The protocol that the server's plaintext shows.
  var spoken: PlaintextKind?

  /// The name to ask for.
  var name: String? { hello?.serverName ?? accepted?.serverName }
}
