import HandshakeModel
import TLSProtocol

/// Names that no ClientHello may carry as they are spelled (RFC 6066 §3).
extension Mechanism {
  static let tlsSNIUnrecognizedTrailingDot = Mechanism(
    MechanismID(.tlsSNIUnrecognized, "trailing-dot"),
    CauseDescription(
      "Server name ends with a dot",
      "The client sends the server name with its trailing dot, which RFC 6066 §3 forbids: servers such as Go's refuse to read "
        + "such a hello, others do not know the name.",
      evidence: "a server_name that ends with a dot, then an alert or a close from the server"),
    stage: .clientHello, binds: [.client, .server],
    state: { $0.misspelledName { $0.hasSuffix(".") } },
    reaction: { state, inquiry in
      inquiry.refusedSpelling(
        state, "The client sends the server name \(state.subject) with a trailing dot, and the server refuses the hello"
      )
    },
    advice: Advice(
      mends: .client,
      client: [.any: [.init("Ask for the name without the trailing dot")]],
      server: [
        .any: [
          .init("Nothing: a server name with a dot at its end breaks RFC 6066; a lenient server would remove the dot")
        ]
      ],
      steps: [.init("See where the dot comes from: the URL, a search domain, or a name as DNS writes it")],
      confirm: { it in
        HandshakeConfirmation.plan(it) { offer, _ in
          guard var name = offer.serverName, name.hasSuffix(".") else { return nil }
          name.removeLast()
          offer.serverName = name
          return "The same without the dot at the name's end: should pass"
        }
      }))

  static let tlsSNIUnrecognizedAddress = Mechanism(
    MechanismID(.tlsSNIUnrecognized, "address"),
    CauseDescription(
      "Server name is an IP address",
      "The client sends an IP address as the server name, which RFC 6066 §3 forbids: some servers refuse such a hello.",
      evidence: "a server_name that is an IPv4 or IPv6 address, then an alert or a close from the server"),
    stage: .clientHello, binds: [.client, .server],
    state: { $0.misspelledName(Story.isAddressAsName) },
    reaction: { state, inquiry in
      inquiry.refusedSpelling(
        state, "The client sends the IP address \(state.subject) as server name, and the server refuses the hello")
    },
    advice: Advice(
      mends: .client,
      client: [.any: [.init("Connect by a name, or send no server name with an address")]],
      server: [.any: [.init("Ignore server names that are addresses, and serve the default certificate")]],
      steps: [.init("Read in the client's settings which name it is told to send")],
      confirm: { it in
        HandshakeConfirmation.plan(it) { offer, _ in
          offer.serverName = nil
          return "The same without a server name: should pass"
        }
      }))
}

extension Story {
  /// The hello's server name, where it is spelled as `isMisspelled` says.
  fileprivate func misspelledName(_ isMisspelled: (String) -> Bool) -> State? {
    guard let hello, let name = hello.value.serverName, isMisspelled(name) else { return nil }
    let text = Escaped.text(name)
    return State(text, [observed(.serverName, [hello.frame], "the ClientHello names \(text)")])
  }

  /// The hello's server name is spelled in a way that RFC 6066 does not allow.
  var hasMisspelledName: Bool {
    misspelledName { $0.hasSuffix(".") || Self.isAddressAsName($0) } != nil
  }

  /// An IPv4 or IPv6 address stands where a name belongs.
  fileprivate static func isAddressAsName(_ name: String) -> Bool {
    HostText.isAddress(name) && (name.contains(":") || name.split(separator: ".").count == 4)
  }
}

extension Inquiry {
  /// The server refused a hello whose name is misspelled, and no other reason is written in its alert.
  fileprivate func refusedSpelling(_ state: State, _ headline: String) -> Claim? {
    guard let ending, ending.refusesHello, let connection, let last = endingObservation,
      serverAnsweredWholeHello
    else { return nil }
    let isSpelledWellElsewhere = workingHello.map { $0.serverName != hello?.serverName } ?? false
    let grade: Grade
    switch ending.alert {
    case .unrecognizedName: grade = .proof
    case .decodeError, .unexpectedMessage, .illegalParameter, .accessDenied, .internalError, .handshakeFailure:
      grade = isSpelledWellElsewhere ? .proof : .strong
    case nil where connection.serverIsSilent: grade = isSpelledWellElsewhere ? .strong : .usual
    default: return nil
    }
    return Claim(grade, headline, [last] + state.observations + workingServerName)
  }
}
