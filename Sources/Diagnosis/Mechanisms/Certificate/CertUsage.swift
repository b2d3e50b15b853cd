import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let certUsage = Mechanism(
    MechanismID(.certUsage),
    CauseDescription(
      "Certificate not meant for this use",
      "The certificate's key usage, extended key usage or basic constraints do not allow it to do what it is used "
        + "for here, or an authority's name constraints exclude its name.",
      evidence:
        "extendedKeyUsage without serverAuth (or clientAuth); a name outside of nameConstraints; alert unsupported_certificate (43) or "
        + "certificate_unknown (46)"),
    fault: { fault, view in
      guard case .purpose(let usages) = fault else { return nil }
      return ShownFault(
        kind: .certificateUsage, subject: view.identity(0),
        fact: "extendedKeyUsage: \(Escaped.list(usages)), without serverAuth",
        headline: "The certificate may not authenticate a server: its extended key usage is \(Escaped.list(usages))")
    },
    grade: { fault, _, alert in fault.fits(alert) ? .proof : .hint },
    advice: Advice(
      mends: .server,
      client: [
        .java: [.init("Java wants extendedKeyUsage serverAuth, if the extension is there at all: reissue")],
        .python: [
          .init(
            "Python 3.13 verifies strictly (VERIFY_X509_STRICT): reissue the certificate with the extensions RFC 5280 asks for"
          )
        ],
        .apple: [.init("Apple demands extendedKeyUsage serverAuth: reissue")],
        .any: [.init("Have the certificate reissued with the right usage")],
      ],
      server: [
        .any: [.init("Reissue with extendedKeyUsage serverAuth and fitting key usage")]
      ],
      steps: [
        .init(
          "Read the usages in the served certificate",
          "openssl s_client -connect {endpoint} -servername {name|NAME} </dev/null | "
            + "openssl x509 -noout -ext keyUsage,extendedKeyUsage,basicConstraints")
      ], asksForLogs: true,
      confirm: {
        CertificateConfirmation.verifications(
          $0, "Verify as a server's certificate", ["-purpose", "sslserver"], "For any purpose: should pass",
          ["-purpose", "any"])
      }))
}
