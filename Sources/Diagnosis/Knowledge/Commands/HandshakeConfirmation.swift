import TLSProtocol

/// Confirms negotiation failures: the failing offer, then the same with the one thing changed that the server is known
/// to accept.
enum HandshakeConfirmation {
  /// The failing offer alone.
  static func plan(_ it: Confirmation) -> ConfirmationPlan? { plan(it) { _, _ in nil } }

  /// The failing offer, then the same with one change.
  /// - Parameters:
  ///   - prepare: what belongs to the failing offer besides what its hello shows.
  ///   - change: makes the single change and says what it is; nil where no change is known to matter.
  static func plan(
    _ it: Confirmation, prepare: (inout ClientOffer) -> Void = { _ in },
    change: (inout ClientOffer, ServerAcceptance?) -> String?
  ) -> ConfirmationPlan? {
    guard let hello = it.hello else { return nil }
    let endpoint = ConfirmCommands.word(it.server)
    var offer = ClientOffer(hello)
    prepare(&offer)
    var changed = offer
    let step = change(&changed, it.accepted).map {
      NextStep($0, command: changed.command(endpoint: endpoint, options: it.startTLSOptions))
    }
    return ConfirmationPlan(
      NextStep(
        "Make the failing client's offer", command: offer.command(endpoint: endpoint, options: it.startTLSOptions)),
      step,
      notes: offer.notes)
  }

  /// The failing offer, then the same with the name that the working client asks for.
  @Sendable static func workingServerName(_ it: Confirmation) -> ConfirmationPlan? {
    plan(it) { offer, accepted in
      guard let accepted, accepted.serverName != offer.serverName else { return nil }
      guard let name = accepted.serverName else {
        offer.serverName = nil
        return "The same without a server name: should pass"
      }
      guard !name.isEmpty else { return nil }
      offer.serverName = name
      offer.namePlaceholder = "WORKING_NAME"
      return "The same with the working client's server name: should pass"
    }
  }
}
