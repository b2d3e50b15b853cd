import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certWeak = Mechanism(
    MechanismID(.certWeak),
    CauseDescription(
      "Key or signature too weak",
      "The client's policy refuses the certificate's key size, curve or signature algorithm.",
      evidence: "a short RSA key, SHA-1 or MD5 in the chain; alert bad_certificate (42) or insufficient_security (71)"
    ),
    fault: { fault, view in
      guard case .weak(let place, let weakness) = fault else { return nil }
      let whose = place == 0 ? "" : "\(Escaped.text(view.certificates[place].subject)) "
      // A client that takes such a key takes it in any certificate.
      return ShownFault(
        kind: .certificateStrength, subject: weakness.text, fact: weakness.text,
        headline: "The certificate \(whose)is too weak: \(weakness.text)")
    },
    grade: { fault, _, alert in
      guard case .weak(_, let weakness) = fault, fault.fits(alert) else { return .hint }
      return weakness.isBroken ? .proof : .strong
    },
    advice: Advice(
      mends: .server,
      client: [
        .java: [
          .init(
            "jdk.certpath.disabledAlgorithms in java.security says what Java refuses (RSA under 1024 bits, MD5, SHA-1): "
              + "reissue rather than edit it")
        ],
        .curl: [
          .init("To confirm only: lower OpenSSL's security level", "curl -v --ciphers DEFAULT@SECLEVEL=0 {url}")
        ],
        .opensslCommand: [
          .init(
            "To confirm only: lower the security level",
            "openssl s_client -connect {endpoint} -cipher DEFAULT@SECLEVEL=0 </dev/null")
        ],
        .python: [
          .init("To confirm only: lower OpenSSL's security level", "context.set_ciphers(\"DEFAULT@SECLEVEL=0\")")
        ],
        .node: [
          .init("To confirm only: lower OpenSSL's security level", "node --tls-cipher-list=DEFAULT@SECLEVEL=0 …")
        ],
        .any: [.init("Have the certificate reissued rather than lower the client's policy")],
      ],
      server: [
        .any: [.init("Reissue with RSA 2048 or ECDSA P-256 or better, signed with SHA-256 or better")]
      ],
      steps: [
        .init(
          "Read key and signature of the served certificate",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | openssl x509 -noout -text")
      ], asksForLogs: true,
      confirm: {
        CertificateConfirmation.verifications(
          $0, "Verify at OpenSSL's security level 2", ["-auth_level", "2"], "At level 0: should pass",
          ["-auth_level", "0"])
      }))
}
