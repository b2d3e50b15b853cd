import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsMalformedUnaskedChoice = Mechanism(
    MechanismID(.tlsMalformed, "unasked-choice"),
    CauseDescription(
      "The server chose what was not offered",
      "The ServerHello selects a cipher suite or a group that the client had not offered (RFC 8446 §4.1.3).",
      evidence: "the ServerHello against the ClientHello, mostly with alert illegal_parameter (47) behind it"),
    stage: .serverHello, binds: [.client, .server],
    state: \.unaskedChoice,
    reaction: { state, inquiry in
      guard let connection = inquiry.connection, connection.transcript.isTLS, !connection.failsUnderHeartbeats,
        let ending = inquiry.ending, let last = inquiry.endingObservation
      else { return nil }
      let complains = ending.alert?.saysMalformed == true
      return Claim(
        complains || ending.ender == .client ? .proof : .strong, "The server sent bytes that break the protocol",
        inquiry.brokenBytes.observations + state.observations + [last])
    })
}

extension Story {
  /// A ServerHello that answers what was never asked (RFC 8446 §4.1.3).
  var unaskedChoice: State? {
    guard let hello = hello?.value, let answer = connection?.serverHello else { return nil }
    let choice: String
    if !hello.cipherSuites.contains(answer.value.cipherSuite), !hello.isSSLv2Format {
      choice = answer.value.cipherSuite.name
    } else if let group = answer.value.selectedGroup, !hello.supportedGroups.isEmpty,
      !hello.supportedGroups.contains(group)
    {
      choice = "the group \(group.name)"
    } else {
      return nil
    }
    return State(
      choice,
      [
        observed(
          .malformed, [answer.frame], "the ServerHello selects \(choice), which was not offered")
      ])
  }
}
