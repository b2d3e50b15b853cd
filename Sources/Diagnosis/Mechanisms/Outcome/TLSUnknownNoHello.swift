import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsUnknownNoHello = Mechanism(
    MechanismID(.tlsUnknown, "no-hello"),
    CauseDescription(
      "Client gives up before its hello",
      "The client connects and ends the connection itself, without a ClientHello: its own settings leave it nothing to offer, or "
        + "it failed before it came to TLS. Java does so where the enabled protocols are all disabled.",
      evidence: "TCP connected, then an alert or a close from the client, and no ClientHello"),
    stage: .clientHello,
    event: { inquiry in
      guard let connection = inquiry.connection, let ending = inquiry.ending, ending.ender == .client,
        connection.outcome == .failed || connection.isWithdrawn, connection.network.isConnected,
        !connection.network.isStartMissing,
        connection.transcript.clientHellos.isEmpty, connection.transcript.plaintext.isEmpty,
        !connection.network.lacksBytes,
        inquiry.working != nil || ending.alert != nil, let last = inquiry.endingObservation
      else { return nil }
      return Claim(
        .usual, "The client ended the connection itself before its ClientHello: what stops it is its own", [last])
    },
    advice: Advice(
      mends: .client,
      client: [
        .any: [
          .init(
            "Read the client's own settings and log: which protocols and cipher suites it enables (Java: https.protocols and "
              + "jdk.tls.client.protocols against jdk.tls.disabledAlgorithms; enable TLSv1.2 and TLSv1.3), and its trust and key stores"
          )
        ]
      ],
      server: [.any: [.init("Nothing: the server was never asked")]],
      steps: [
        .init("Let a Java client log what it does before the hello", "java -Djavax.net.debug=ssl:handshake:verbose …")
      ],
      confirm: { _ in nil }))
}
