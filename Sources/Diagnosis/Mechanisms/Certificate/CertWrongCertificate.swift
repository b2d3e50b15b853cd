import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certWrongCertificate = Mechanism(
    MechanismID(.certWrongCertificate),
    CauseDescription(
      "Clients were served different certificates",
      "The server showed the failing client another certificate than the working one.",
      evidence: "two captures with different leaf certificates from the same endpoint"),
    stage: .certificate,
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Send the same server name, to the same address, as the working client")]
      ],
      server: [
        .nginx: [
          .init("The default server's certificate was served: check server_name and the listen lines of both families")
        ],
        .any: [.init("See which certificate is served for each name, address and family")],
      ],
      steps: [
        .init(
          "Compare what each name is served",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -subject -issuer"
        )
      ]))
}
