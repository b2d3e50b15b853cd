import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsGroupPrimeTooShort = Mechanism(
    MechanismID(.tlsGroup, "dh-too-small"),
    CauseDescription(
      "The server's DH prime is too short",
      "The server exchanges keys over a Diffie-Hellman prime of its own (DHE) that is shorter than what the client takes: "
        + "OpenSSL, browsers and Java have refused primes below 1,024 or 2,048 bits since Logjam.",
      evidence: "a ServerKeyExchange with dh_p of fewer than 2,048 bits, then alert handshake_failure (40), "
        + "insufficient_security (71) or illegal_parameter (47) from the client"),
    stage: .serverHello, binds: [.client, .server],
    state: \.shortPrime,
    reaction: { state, inquiry in
      guard inquiry.isEndedByClient, let ending = inquiry.ending,
        ending.phase == .serverHello || ending.phase == .serverFlight,
        let bits = inquiry.connection?.transcript.serverKeyExchange?.value.primeBits,
        let last = inquiry.endingObservation
      else { return nil }
      let grade: Grade
      switch ending.alert {
      case .handshakeFailure, .insufficientSecurity, .illegalParameter: grade = bits <= 1024 ? .proof : .strong
      case .internalError, .exportRestriction, nil: grade = bits <= 1024 ? .usual : .hint
      default: return nil
      }
      return Claim(
        grade, "The server's Diffie-Hellman prime (DHE) has \(bits) bits, which is too short for the client",
        state.observations + [last])
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "As a stopgap, and not as the fix: see jdk.tls.disabledAlgorithms (DH keySize) in java.security, or let the client "
              + "offer no DHE suites, so that the server has to choose ECDHE")
        ],
        .any: [
          .init(
            "As a stopgap offer no DHE suites, so that the server has to choose ECDHE; OpenSSL takes short primes with the cipher "
              + "string DEFAULT:@SECLEVEL=1 (or 0), which weakens every connection")
        ],
      ],
      server: [
        .java: [
          .init(
            "Let the server use a prime of 2,048 bits or more, or enable ECDHE suites",
            "java -Djdk.tls.ephemeralDHKeySize=2048 …")
        ],
        .nginx: [
          .init(
            "Make DH parameters of 2,048 bits (ssl_dhparam), or use ECDHE suites only",
            "openssl dhparam -out dh.pem 2048")
        ],
        .haproxy: [.init("Set the size, or use ECDHE suites only", "tune.ssl.default-dh-param 2048")],
        .any: [
          .init(
            "Make DH parameters of 2,048 bits or more, or enable ECDHE suites and drop DHE",
            "openssl dhparam -out dh.pem 2048")
        ],
      ],
      steps: [
        .init(
          "Read the size of the server's key exchange (\"Peer Temp Key\")",
          "openssl s_client -connect {endpoint} -tls1_2 -cipher 'DHE:@SECLEVEL=0' </dev/null")
      ],
      confirm: { it in
        HandshakeConfirmation.plan(it) { offer, _ in
          guard offer.ciphers.contains(where: { $0.hasPrefix("ECDHE-") }) else { return nil }
          offer.ciphers.removeAll { $0.hasPrefix("DHE-") || $0.hasPrefix("ADH-") }
          return "The same without DHE suites: passes if the server has ECDHE suites"
        }
      }))
}

extension Story {
  /// The server exchanges keys over a prime that clients have grown to refuse.
  var shortPrime: State? {
    guard let exchange = connection?.transcript.serverKeyExchange, let bits = exchange.value.primeBits, bits < 2048
    else {
      return nil
    }
    return State(
      "\(bits)",
      [observed(.keyExchange, [exchange.frame], "ServerKeyExchange: the Diffie-Hellman prime has \(bits) bits")])
  }
}
