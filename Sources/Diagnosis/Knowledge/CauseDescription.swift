/// What a cause code means, in words.
public struct CauseDescription: Sendable, Hashable {
  /// A few words, as a heading.
  public var title: String
  /// One or two sentences.
  public var meaning: String
  /// What packets alone show of it.
  public var passiveEvidence: String

  init(_ title: String, _ meaning: String, evidence: String) {
    (self.title, self.meaning, passiveEvidence) = (title, meaning, evidence)
  }
}

extension CauseCode {
  /// A few words, as a heading.
  public var title: String { description.title }
  /// One or two sentences that say what is wrong.
  public var meaning: String { description.meaning }
  /// What packets alone show of the cause.
  public var passiveEvidence: String { description.passiveEvidence }

  var description: CauseDescription {
    switch layer {
    case .resolution, .transport, .application: networkDescription
    case .handshake: handshakeDescription
    case .certificate: certificateDescription
    case .capture, .none: closingDescription
    }
  }

  private var closingDescription: CauseDescription {
    if self == .captureIncomplete {
      return CauseDescription(
        "The capture does not hold enough",
        "Packets that would decide are not in the capture: it starts late, ends early, shows one direction only, or cut "
          + "its packets short.",
        evidence: "no SYN or no ClientHello, gaps that the peer acknowledged, frames cut by the snap length")
    }
    return CauseDescription(
      "The handshake succeeded",
      "Both sides finished the TLS handshake. What went wrong, if anything, lies above TLS.",
      evidence: "a Finished from each side, then application data in both directions")
  }
}
