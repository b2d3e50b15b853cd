import NetworkProtocols
import TLSProtocol

/// Confirms what a client says against a certificate: a verification that fails, then one with the single fault
/// forgiven.
enum CertificateConfirmation {
  static func plan(
    _ code: CauseCode, _ hello: ClientHello?, _ server: Endpoint, _ accepted: ServerAcceptance?,
    _ certificate: CertificateFacts?
  ) -> ConfirmationPlan? {
    let offer = ConfirmCommands.offer(hello)
    let endpoint = ConfirmCommands.word(server)
    func command(_ options: [ShellCommand]) -> ShellCommand { offer.command(endpoint: endpoint, options: options) }
    let verify: [ShellCommand] = ["-verify_return_error"]
    let authority: [ShellCommand] = ["-CAfile", "ca.pem"]
    switch code {
    case .certUntrusted, .certSelfSigned, .certRejected:
      return ConfirmationPlan(
        NextStep("Verify with the system's authorities only: should fail as the client did", command: command(verify)),
        NextStep(
          code == .certSelfSigned
            ? "With this very certificate trusted (save it as ca.pem): should pass"
            : "With the authority's root in ca.pem: should pass", command: command(verify + authority)))
    case .certIncompleteChain:
      return ConfirmationPlan(
        NextStep("Verify with the root only: should fail as the client did", command: command(verify + authority)),
        NextStep(
          "With the missing intermediate given to the client: should pass",
          command: command(verify + ["-CAfile", "intermediate.pem", "-partial_chain"])))
    case .certExpired, .certNotYetValid:
      return validity(certificate, command)
    case .certNameMismatch:
      return name(offer, certificate, accepted, command)
    case .certWeak:
      return ConfirmationPlan(
        NextStep("Verify at OpenSSL's security level 2", command: command(verify + authority + ["-auth_level", "2"])),
        NextStep("At level 0: should pass", command: command(verify + authority + ["-auth_level", "0"])))
    case .certUsage:
      return ConfirmationPlan(
        NextStep("Verify as a server's certificate", command: command(verify + authority + ["-purpose", "sslserver"])),
        NextStep("For any purpose: should pass", command: command(verify + authority + ["-purpose", "any"])))
    case .certRevoked:
      return ConfirmationPlan(
        NextStep(
          "Verify against the revocation list",
          command: command(verify + authority + ["-crl_check", "-CRL", "crl.pem"])),
        NextStep("Without it: should pass", command: command(verify + authority)))
    case .certClientRequired, .certClientRejected:
      return ConfirmationPlan(
        NextStep("Without a client certificate: should fail", command: command([])),
        NextStep(
          "With one from an authority that the server names: should pass",
          command: command(["-cert", "client.pem", "-key", "client.key"])))
    case .certWrongCertificate:
      return HandshakeConfirmation.plan(.tlsSNIMissing, hello, server, accepted)
    default: return nil
    }
  }

  /// Moves the verifier's clock into the certificate's validity.
  private static func validity(
    _ certificate: CertificateFacts?, _ command: ([ShellCommand]) -> ShellCommand
  ) -> ConfirmationPlan {
    let options: [ShellCommand] = ["-verify_return_error", "-CAfile", "ca.pem"]
    let reproduce = NextStep("Verify today: should fail as the client did", command: command(options))
    guard let start = certificate?.notBefore, let end = certificate?.notAfter, start >= 0, end > start else {
      return ConfirmationPlan(reproduce, nil)
    }
    let middle = start &+ (end &- start) / 2
    return ConfirmationPlan(
      reproduce,
      NextStep(
        "At a time inside the certificate's validity: should pass",
        command: command(options + ["-attime", "\(middle)"])))
  }

  private static func name(
    _ offer: ClientOffer, _ certificate: CertificateFacts?, _ accepted: ServerAcceptance?,
    _ command: ([ShellCommand]) -> ShellCommand
  ) -> ConfirmationPlan? {
    let options: [ShellCommand] = ["-verify_return_error", "-CAfile", "ca.pem", "-verify_hostname"]
    let names = (certificate?.dnsNames ?? []) + (accepted?.certificateNames ?? [])
    let asked: ShellCommand = offer.serverName.map { "\(ShellWord(host: $0))" } ?? "NAME"
    let listed = names.first { HostText.isPlainName($0) }
    return ConfirmationPlan(
      NextStep("Verify against the name asked for", command: command(options + [asked])),
      listed.map {
        NextStep(
          "Against a name that the certificate lists: should pass",
          command: command(options + ["\(ShellWord(host: $0))"]))
      })
  }
}
