import HandshakeModel
import TLSProtocol

/// The last difference is the suspect: where two hellos differ in one part only, that part is why one was refused, however
/// little the server's close or alert says. What helps is the general mechanism's.
extension Mechanism {
  static let tlsSNIUnrecognizedOnlyDifference = Mechanism(
    MechanismID(.tlsSNIUnrecognized, "only-difference"),
    CauseDescription(
      "Only the server name differs",
      "The refused hello differs from one that the same server takes in nothing but the server name.",
      evidence: "two hellos alike but for server_name, and an alert or a close in answer to one of them"),
    stage: .clientHello,
    event: { inquiry in
      guard let name = inquiry.hello?.serverName, let other = inquiry.workingHello?.serverName else { return nil }
      return inquiry.claim(
        onlyDifference: .serverName, .serverName, "server name \(Escaped.text(name))",
        "server name \(Escaped.text(other))")
    })

  static let tlsALPNOnlyDifference = Mechanism(
    MechanismID(.tlsALPN, "only-difference"),
    CauseDescription(
      "Only the application protocols differ",
      "The refused hello differs from one that the same server takes in nothing but the application protocols (ALPN).",
      evidence: "two hellos alike but for ALPN, and an alert or a close in answer to one of them"),
    stage: .clientHello,
    event: { inquiry in
      guard let hello = inquiry.hello, let other = inquiry.workingHello else { return nil }
      func words(_ names: [String]) -> String { names.isEmpty ? "no ALPN" : "ALPN \(Escaped.list(names))" }
      return inquiry.claim(
        onlyDifference: .protocols, .offeredProtocols, words(hello.applicationProtocols),
        words(other.applicationProtocols))
    })

  static let tlsGroupOnlyDifference = Mechanism(
    MechanismID(.tlsGroup, "only-difference"),
    CauseDescription(
      "Only the groups differ",
      "The refused hello differs from one that the same server takes in nothing but the key-exchange groups.",
      evidence: "two hellos alike but for supported_groups, and an alert or a close in answer to one of them"),
    stage: .clientHello,
    event: { inquiry in
      guard let hello = inquiry.hello, let other = inquiry.workingHello else { return nil }
      return inquiry.claim(
        onlyDifference: .groups, .offeredGroups, "groups \(Escaped.list(Offer(hello: hello).groups))",
        "groups \(Escaped.list(Offer(hello: other).groups))")
    })

  static let tlsResumptionOnlyDifference = Mechanism(
    MechanismID(.tlsResumption, "only-difference"),
    CauseDescription(
      "Only the offered session differs",
      "The refused hello differs from one that the same server takes in nothing but the session that it would resume.",
      evidence: "two hellos alike but for a ticket or pre-shared key, and an alert or a close in answer to one of them"),
    stage: .clientHello,
    event: { inquiry in
      guard let hello = inquiry.hello, Offer(hello: hello).resumes else { return nil }
      return inquiry.claim(
        onlyDifference: .session, .offeredSession, "a session to resume", "no session to resume")
    })
}
