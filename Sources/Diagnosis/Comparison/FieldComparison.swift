import HandshakeModel
import TLSProtocol

/// Lists in which fields two connections differ, and how much each difference matters for the cause found.
struct FieldComparison {
  let inquiry: Inquiry
  let code: CauseCode

  /// One thing to compare. Adding a field is adding a line to ``all``.
  struct Field: Sendable {
    var name: String
    var stage: Stage
    /// The causes for which a difference here is what matters.
    var decides: [CauseCode]
    /// Why a difference cannot matter; empty where it may.
    var harmless: String
    /// Tells whether the stage was reached at all.
    var isPresence = false
    var read: @Sendable (Connection) -> String?

    /// What the hello offers here decides of what comes behind it as well.
    var reachesBeyondHello: Bool {
      ["client_hello.server_name", "client_hello.alpn", "client_hello.pre_shared_key", "client_hello.session_ticket"]
        .contains(name)
    }
  }

  func differences() -> [Difference] {
    guard let working = inquiry.working, let failing = inquiry.connection else { return [] }
    return Field.all.compactMap { field in
      // What one side never came to is one difference, told by its `present` field, not one in every detail.
      guard field.isPresence || working.reaches(field.stage) == failing.reaches(field.stage) else { return nil }
      let (one, two) = (field.read(working), field.read(failing))
      guard one != two else { return nil }
      let (relevance, note) = judge(field, working, failing)
      return Difference(
        field: field.name, stage: field.stage, working: one ?? "absent", failing: two ?? "absent", relevance: relevance,
        note: note)
    }
  }

  private func judge(_ field: Field, _ working: Connection, _ failing: Connection) -> (Relevance, String) {
    if field.decides.contains(code) { return (.decisive, "") }
    if code == .none, field.reachesBeyondHello {
      return (.related, "both handshakes completed; what is spoken above TLS may depend on it")
    }
    if code == .none { return (.benign, field.harmless.isEmpty ? "both handshakes completed" : field.harmless) }
    if !field.harmless.isEmpty { return (.benign, field.harmless) }
    guard let stage = inquiry.stage(of: code) else { return (.related, "") }
    let stages = Stage.allCases
    let (here, there) = (stages.firstIndex(of: field.stage) ?? 0, stages.firstIndex(of: stage) ?? 0)
    if here > there { return (.related, "follows from the failure") }
    if let reason = exclusion(field, working, failing) { return (.benign, reason) }
    // A name chooses the certificate, a ticket the whole handshake, a protocol what comes behind it.
    if here == there || field.reachesBeyondHello { return (.related, "") }
    return (.benign, "both connections passed this stage")
  }

  /// Why a difference of the offers is excluded: what the server chose with the working client is offered here too.
  private func exclusion(_ field: Field, _ working: Connection, _ failing: Connection) -> String? {
    guard let hello = failing.transcript.clientHellos.last?.value, let answer = working.serverHello?.value else {
      return nil
    }
    switch field.name {
    case "client_hello.cipher_suites" where hello.cipherSuites.contains(answer.cipherSuite):
      return "the failing client offers \(answer.cipherSuite.name) too, which the server accepted"
    case "client_hello.supported_versions" where Offer(hello: hello).offers(answer.version):
      return "the failing client offers \(answer.version.displayName) too, which the server accepted"
    case "client_hello.supported_groups", "client_hello.key_share_groups":
      guard let group = inquiry.workingGroup, hello.supportedGroups.contains(group) else { return nil }
      return "the failing client offers \(group.name) too, which the server accepted"
    case "client_hello.signature_schemes":
      guard let scheme = inquiry.workingScheme, hello.signatureSchemes.contains(scheme) else { return nil }
      return "the failing client accepts \(scheme.name) too, with which the server signed"
    default: return nil
    }
  }
}

extension Connection {
  /// Whether the connection shows anything of a stage that its details could be read from.
  fileprivate func reaches(_ stage: Stage) -> Bool {
    switch stage {
    case .clientHello: return !transcript.clientHellos.isEmpty
    case .serverHello: return !transcript.serverHellos.isEmpty
    case .certificate: return transcript.serverCertificates != nil
    case .keyExchange: return transcript.clientCertificates != nil || clientFinishedRecord != nil
    case .resolution, .address, .tcp, .firstBytes, .finished, .data: return true
    }
  }
}
