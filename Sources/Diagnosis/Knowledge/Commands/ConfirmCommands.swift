public import HandshakeModel
public import NetworkValues
public import TLSProtocol

/// Commands that confirm a verdict with programs that everybody has. They are safe to paste, whatever the packets held.
public enum ConfirmCommands {
  /// - Parameters:
  ///   - code: the verdict.
  ///   - hello: the failing client's first ClientHello; nil where it came to none.
  ///   - server: the endpoint that the failing client reached for.
  ///   - accepted: what the working capture shows that the server accepts; nil where there is none.
  ///   - certificate: the leaf that the server sent, where it was seen.
  ///   - spoken: the protocol that the server's plaintext answer shows.
  public static func plan(
    for code: CauseCode, hello: ClientHello?, server: Endpoint, accepted: ServerAcceptance? = nil,
    certificate: CertificateFacts? = nil, spoken: PlaintextKind? = nil
  ) -> ConfirmationPlan? {
    let confirmation = Confirmation(
      hello: hello, server: server, accepted: accepted, certificate: certificate, spoken: spoken)
    return code.mechanism.advice.confirm?(confirmation) ?? plan(for: code, confirmation)
  }

  static func plan(for code: CauseCode, _ it: Confirmation) -> ConfirmationPlan? {
    switch code.layer {
    case .handshake: return HandshakeConfirmation.plan(it)
    case .resolution, .transport, .application, .certificate, .capture, .none: return nil
    }
  }

  /// `address:port`, brackets around IPv6.
  static func text(_ endpoint: Endpoint) -> String {
    "\(HostText.bracketed("\(endpoint.address)")):\(endpoint.port)"
  }

  /// The same as a word of a command.
  static func word(_ endpoint: Endpoint) -> ShellWord { ShellWord(known: text(endpoint)) }

  /// curl's words to reach exactly this address while asking for `name`.
  static func curlTarget(_ endpoint: Endpoint, name: String?, scheme: StaticString = "https") -> ShellCommand {
    guard let name, !name.isEmpty else { return "\(ShellWord(known: "\(scheme)://\(text(endpoint))/"))" }
    let connect = ShellWord(known: "::\(text(endpoint))")
    return "--connect-to \(connect) \(ShellWord(scheme: scheme, name: name, port: endpoint.port))"
  }

  /// The failing client's offer, or a plain one where it came to none.
  static func offer(_ hello: ClientHello?) -> ClientOffer {
    if let hello { return ClientOffer(hello) }
    return ClientOffer()
  }
}
