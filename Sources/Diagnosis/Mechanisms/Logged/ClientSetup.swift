import TLSProtocol

extension Mechanism {
  static let clientSetup = Mechanism.logged(
    MechanismID(.captureIncomplete, "client-setup"),
    CauseDescription(
      "The client gives up before it connects",
      "The client cannot read its own files: a trust store with another password, a key or a certificate that is missing. It "
        + "sends nothing, so that no capture shows it; its log does.",
      evidence: "a line of the client's log"),
    stage: nil,
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Give the password that the store really has: this lists what is in it, or says that it is wrong",
            "keytool -list -keystore truststore.p12"),
          .init(
            "Then name both for the program",
            "java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=PASSWORD …"),
        ],
        .any: [
          .init(
            "Mend what the log's line names: the path of the file, the right to read it, its format, or its password")
        ],
      ],
      steps: [.init("Run the client again, and see that a ClientHello is sent", "tcpdump -i any -n port {port|443}")]))
}
