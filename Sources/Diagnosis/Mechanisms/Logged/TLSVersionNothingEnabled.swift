import TLSProtocol

extension Mechanism {
  static let tlsVersionNothingEnabled = Mechanism.logged(
    MechanismID(.tlsVersion, "nothing-enabled"),
    CauseDescription(
      "The client has no protocol version enabled that it could offer",
      "The client's own settings exclude each other: the versions that it is told to use are disabled, or their least is above their "
        + "highest. It connects and closes without a ClientHello.",
      evidence: "a line of the client's log; TCP connected, and closed by the client before its hello"),
    stage: .clientHello,
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Remove https.protocols and jdk.tls.client.protocols, or name TLSv1.2 and TLSv1.3 in them; TLS 1.0 and 1.1 are disabled by "
              + "jdk.tls.disabledAlgorithms",
            "java -Dhttps.protocols=TLSv1.3,TLSv1.2 -Djdk.tls.client.protocols=TLSv1.3,TLSv1.2 …")
        ],
        .any: [.init("Enable TLS 1.2 and 1.3 in the client's settings, and check its least and highest version")],
      ],
      server: [.any: [.init("Nothing: the server was never asked")]],
      steps: [
        .init("Let a Java client log what it has enabled", "java -Djavax.net.debug=ssl:handshake:verbose …")
      ],
      confirm: { _ in nil }))
}
