import TLSProtocol

extension Mechanism {
  static let certUntrustedTrustStore = Mechanism.logged(
    MechanismID(.certUntrusted, "trust-store"),
    CauseDescription(
      "The client's trust store is missing or empty",
      "The client does not find the file with the authorities that it shall trust, may not read it, or finds none in it: it "
        + "then trusts nobody, whatever the server's certificate is.",
      evidence: "a line of the client's log"),
    stage: .certificate,
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Check the path of the trust store: that the file is there and readable, and holds authorities (trustedCertEntry); a "
              + "missing file counts as an empty store",
            "keytool -list -keystore truststore.p12"),
          .init(
            "Name it by its whole path, or leave the property out to use Java's own (lib/security/cacerts)",
            "java -Djavax.net.ssl.trustStore=/path/to/truststore.p12 …"),
        ],
        .any: [
          .init(
            "Check the path of the client's file of authorities: that it exists, is readable, and is not empty",
            "ls -l ca.pem && openssl crl2pkcs7 -nocrl -certfile ca.pem | openssl pkcs7 -print_certs -noout")
        ],
      ],
      steps: [
        .init("Read the line of the log before: it names the file that could not be read")
      ]))
}
