import TLSProtocol

/// Confirms what a client says against a certificate: a verification that fails, then one with the single fault
/// forgiven.
enum CertificateConfirmation {
  /// The options of a verification against an authority's root, which stands in ca.pem.
  static let authority: [ShellCommand] = ["-verify_return_error", "-CAfile", "ca.pem"]

  /// The failing client's offer with more options, as a command for a shell.
  static func command(_ it: Confirmation, _ options: [ShellCommand]) -> ShellCommand {
    ConfirmCommands.offer(it.hello).command(
      endpoint: ConfirmCommands.word(it.server), options: it.startTLSOptions + options)
  }

  /// Two verifications against the authority's root: one with options that fail, one with options that pass.
  static func verifications(
    _ it: Confirmation, _ reproduce: String, _ failing: [ShellCommand], _ change: String, _ passing: [ShellCommand]
  ) -> ConfirmationPlan {
    ConfirmationPlan(
      NextStep(reproduce, command: command(it, authority + failing)),
      NextStep(change, command: command(it, authority + passing)))
  }

  /// Verifies with the system's authorities, then with one more.
  static func trust(_ it: Confirmation, passesWith change: String) -> ConfirmationPlan {
    ConfirmationPlan(
      NextStep(
        "Verify with the system's authorities only: should fail as the client did",
        command: command(it, ["-verify_return_error"])),
      NextStep(change, command: command(it, authority)))
  }

  static let root = "With the authority's root in ca.pem: should pass"

  /// Moves the verifier's clock into the certificate's validity.
  static func validity(_ it: Confirmation) -> ConfirmationPlan {
    let reproduce = NextStep("Verify today: should fail as the client did", command: command(it, authority))
    guard let start = it.certificate?.notBefore, let end = it.certificate?.notAfter, start >= 0, end > start else {
      return ConfirmationPlan(reproduce, nil)
    }
    let middle = start &+ (end &- start) / 2
    return ConfirmationPlan(
      reproduce,
      NextStep(
        "At a time inside the certificate's validity: should pass",
        command: command(it, authority + ["-attime", "\(middle)"])))
  }

  /// Without a client certificate, then with one.
  static func clientCertificate(_ it: Confirmation) -> ConfirmationPlan {
    ConfirmationPlan(
      NextStep("Without a client certificate: should fail", command: command(it, [])),
      NextStep(
        "With one from an authority that the server names: should pass",
        command: command(it, ["-cert", "client.pem", "-key", "client.key"])))
  }
}
