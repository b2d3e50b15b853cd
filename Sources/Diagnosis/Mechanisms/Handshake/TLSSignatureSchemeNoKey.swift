import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsSignatureSchemeNoKey = Mechanism(
    MechanismID(.tlsSignatureScheme, "no-key"),
    CauseDescription(
      "Server stops before its own Certificate",
      "The server chose version, cipher suite and group, sent its EncryptedExtensions, and gave up where its Certificate would "
        + "come: it has no key that it can sign with, or none that fits the client's schemes. JSSE says \"No available "
        + "authentication scheme\" for both.",
      evidence: "in TLS 1.3 a ServerHello, one small encrypted record, then one of an alert's size"),
    stage: .serverHello,
    event: { inquiry in
      guard let connection = inquiry.connection, let ending = inquiry.ending, connection.isTLS13,
        connection.quic == nil,
        ending.ender == .server, ending.phase == .serverFlight, ending.isEncryptedAlert, let frame = ending.frame,
        let answer = connection.serverHello, !connection.network.lacksBytes
      else { return nil }
      let before = connection.encryptedRecords(from: .server).filter {
        $0.frame <= frame && !connection.isAlertSized($0)
      }
      // EncryptedExtensions answers a few of the client's extensions; a Certificate has hundreds of bytes.
      guard before.count == 1, let only = before.first, only.record.length <= 120 else { return nil }
      return Claim(
        .usual,
        "The server gave up where its Certificate would come: it has no private key to sign with, or none that fits the client's "
          + "signature schemes",
        [
          inquiry.observed(
            .serverFlight, Set([answer.frame, only.frame]).sorted(),
            "behind the ServerHello stands one encrypted record of \(only.record.length) bytes, too small for a Certificate"
          ),
          inquiry.observed(
            .ending, [frame], "then one encrypted record of an alert's size, in place of the server's Certificate"),
        ])
    },
    advice: Advice(
      mends: .server,
      client: [.any: [.init("Nothing, unless the client's signature schemes were restricted")]],
      server: [
        .java: [
          .init(
            "See that the server's key store holds a PrivateKeyEntry, and that its password opens it; a trustedCertEntry is no key",
            "keytool -list -v -keystore server.p12")
        ],
        .any: [
          .init(
            "See that the server has its private key besides its certificate (Java: a PrivateKeyEntry in the key store), of a kind that "
              + "the client's schemes fit")
        ],
      ],
      steps: [
        .init("Read the server's log for that second: \"No available authentication scheme\", \"no suitable key\"")
      ],
      asksForLogs: true,
      confirm: { HandshakeConfirmation.plan($0) }))
}
