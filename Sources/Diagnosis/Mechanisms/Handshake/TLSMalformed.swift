import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsMalformed = Mechanism(
    MechanismID(.tlsMalformed),
    CauseDescription(
      "A peer breaks the protocol",
      "One side sent bytes that do not form a valid TLS message at that place.",
      evidence: "alert decode_error (50), illegal_parameter (47) or unexpected_message (10), or bytes that do not "
        + "parse"),
    stage: .serverHello,
    event: { $0.complaintAboutBytes },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Upgrade; if this peer sends the bad bytes, report a bug with the capture")]
      ],
      server: [
        .any: [.init("Upgrade; if this peer sends the bad bytes, report a bug with the capture")]
      ],
      steps: [.init("Capture on both ends at once: a box between them may rewrite the bytes")],
      confirm: { HandshakeConfirmation.plan($0) }))
}

extension Inquiry {
  /// Bytes that break the protocol, or an alert that complains of some.
  fileprivate var complaintAboutBytes: Claim? {
    guard let connection, let ending, connection.transcript.isTLS, !connection.failsUnderHeartbeats,
      connection.transcript.clientTLSOffset != nil || connection.network.isStartMissing,
      failingStory.unaskedChoice == nil, ending.ender == .client || !failingStory.hasMisspelledName
    else { return nil }
    let broken = brokenBytes
    let complains = ending.alert?.saysMalformed == true
    guard complains || !broken.observations.isEmpty,
      let culprit = broken.culprit ?? (complains ? ending.ender?.peer : nil), let last = endingObservation
    else { return nil }
    let isLoose = ending.alert == .illegalParameter || ending.alert == .unexpectedMessage
    let grade: Grade = broken.observations.isEmpty ? (isLoose ? .hint : .usual) : complains ? .proof : .usual
    return Claim(
      grade, "The \(culprit.rawValue) sent bytes that break the protocol", broken.observations + [last]
      // The bytes that were complained of may be among those that the capture lacks.
    ).yielding(to: .captureIncomplete)
  }

  /// What was sent that does not form TLS at its place, and by whom; not what a side that gave up sent itself.
  var brokenBytes: (culprit: Role?, observations: [Observation]) {
    guard let connection, let ending else { return (nil, []) }
    var observations: [Observation] = []
    var culprit: Role?
    for note in connection.transcript.malformed.prefix(3) where note.sender != ending.ender || ending.ender == nil {
      culprit = note.sender
      observations.append(
        observed(.malformed, [note.frame], "\(note.sender.rawValue) message does not parse: \(note.text)"))
    }
    for note in connection.transcript.notTLS.prefix(1) where connection.outcome == .failed {
      culprit = culprit ?? note.value
      observations.append(
        observed(.malformed, [note.frame], "the \(note.value.rawValue)'s stream stops being TLS here"))
    }
    if connection.transcript.serverTLSOffset == nil, connection.serverBeginsRecord,
      let note = connection.transcript.plaintext.first(where: { $0.sender == .server })
    {
      culprit = .server
      observations.append(
        observed(
          .malformed, [note.frame],
          "what the server sends begins like a TLS record and is none: \"\(note.excerpt)\""))
    }
    return (culprit, observations)
  }
}

extension AlertDescription {
  /// The alerts that complain of bytes which do not form a valid message at their place.
  var saysMalformed: Bool {
    [.decodeError, .illegalParameter, .unexpectedMessage, .recordOverflow, .decompressionFailure].contains(self)
  }
}
