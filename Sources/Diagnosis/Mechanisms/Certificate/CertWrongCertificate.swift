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
    event: { inquiry in refused(inquiry) ?? left(inquiry) },
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
      ],
      confirm: HandshakeConfirmation.workingServerName))
}

extension Mechanism {
  /// The client turned the other certificate down.
  private static func refused(_ inquiry: Inquiry) -> Claim? {
    guard let refusal = Refusal(inquiry), inquiry.otherAuthority == nil, let shown = ShownCertificates(inquiry),
      let hello = inquiry.hello,
      hello.serverName == inquiry.workingHello?.serverName
    else { return nil }
    let isFaulty = shown.failing.faults.contains { fault in
      switch fault {
      case .commonNameOnly, .otherName, .revoked, .noStaple: false
      default: fault.fits(refusal.alert)
      }
    }
    var grade: Grade = shown.haveSameNames ? .usual : isFaulty ? .strong : .proof
    // A client that closes without a word leaves as much in doubt here as it does of the certificate's own faults. One
    // server shows what it was told to; another one is where the client should not have come.
    if refusal.alert == nil {
      grade = min(grade, inquiry.clientHesitated ? .usual : inquiry.reachesSameServer ? .strong : .proof)
    }
    if refusal.mayHaveLostWords { grade = .hint }
    return Claim(grade, differ, shown.withNames(inquiry) + [refusal.ending])
  }

  /// The client completed the handshake, and left where the working one stayed.
  private static func left(_ inquiry: Inquiry) -> Claim? {
    guard let departure = Departure(inquiry), let contrast = departure.contrast, let shown = ShownCertificates(inquiry),
      shown.leaf.subjectDER != shown.workingLeaf.subjectDER,
      inquiry.hello?.serverName == inquiry.workingHello?.serverName
    else { return nil }
    // Another server answered: its certificate's faults are only how that shows.
    return Claim(
      departure.weigh(.proof, about: .fault) ?? .hint, differ, shown.bySubject(inquiry) + [departure.ending, contrast])
  }

  private static let differ = "The two clients asked for the same name and were shown different certificates"
}
