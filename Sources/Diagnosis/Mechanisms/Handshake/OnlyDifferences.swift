import HandshakeModel
import TLSProtocol

/// The last difference is the suspect: where two hellos differ in one part only, that part is why one was refused, however
/// little the server's close or alert says. What helps is the general mechanism's.
extension Mechanism {
  static let tlsSNIUnrecognizedOnlyDifference = onlyDifference(
    .tlsSNIUnrecognized, .serverName, "the server name", field: "server_name", .serverName
  ) { hello, other in
    guard let name = hello.serverName, let otherName = other.serverName else { return nil }
    return ("server name \(Escaped.text(name))", "server name \(Escaped.text(otherName))")
  }

  static let tlsALPNOnlyDifference = onlyDifference(
    .tlsALPN, .protocols, "the application protocols (ALPN)", field: "ALPN", title: "the application protocols",
    .offeredProtocols
  ) { hello, other in
    func words(_ names: [String]) -> String { names.isEmpty ? "no ALPN" : "ALPN \(Escaped.list(names))" }
    return (words(hello.applicationProtocols), words(other.applicationProtocols))
  }

  static let tlsGroupOnlyDifference = onlyDifference(
    .tlsGroup, .groups, "the key-exchange groups", field: "supported_groups", title: "the groups", .offeredGroups
  ) { hello, other in
    func words(_ hello: ClientHello) -> String { "groups \(Escaped.list(Offer(hello: hello).groups))" }
    return (words(hello), words(other))
  }

  static let tlsResumptionOnlyDifference = onlyDifference(
    .tlsResumption, .session, "the session that it would resume", field: "a ticket or pre-shared key",
    title: "the offered session", .offeredSession
  ) { hello, _ in
    Offer(hello: hello).resumes ? ("a session to resume", "no session to resume") : nil
  }

  /// - Parameters:
  ///   - what: the part of the hello, in a sentence.
  ///   - field: what holds it.
  ///   - title: the part in a heading, where that is shorter.
  ///   - words: the part as each hello has it, the refused one first; nil where that one shows no such difference.
  private static func onlyDifference(
    _ code: CauseCode, _ part: HelloPart, _ what: String, field: String, title: String? = nil, _ kind: ObservationKind,
    words: @escaping @Sendable (_ refused: ClientHello, _ taken: ClientHello) -> (String, String)?
  ) -> Mechanism {
    let title = title ?? what
    return Mechanism(
      MechanismID(code, "only-difference"),
      CauseDescription(
        "Only \(title) \(title.hasSuffix("s") ? "differ" : "differs")",
        "The refused hello differs from one that the same server takes in nothing but \(what).",
        evidence: "two hellos alike but for \(field), and an alert or a close in answer to one of them"),
      stage: .clientHello,
      event: { inquiry in
        guard let hello = inquiry.hello, let other = inquiry.workingHello, let (failing, working) = words(hello, other)
        else { return nil }
        return inquiry.claim(onlyDifference: part, kind, failing, working)
      })
  }
}
