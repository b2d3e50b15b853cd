import HandshakeModel
import TLSProtocol

extension Rule {
  /// A required extension is missing, or one that was sent is refused.
  static let requiredExtension = Rule(.tlsExtension) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, let hello = inquiry.hello,
      let frame = ending.frame
    else { return [] }
    if let alert = ending.alert, alert == .missingExtension || alert == .unsupportedExtension || alert == .echRequired {
      return [
        Finding(
          .tlsExtension, 90,
          alert == .missingExtension
            ? "The \(ending.ender?.rawValue ?? "server") misses an extension that it requires"
            : alert == .echRequired
              ? "The client insists on Encrypted ClientHello, and the server did not accept it"
              : "The \(ending.ender?.rawValue ?? "server") refuses an extension that it was sent",
          evidence: [
            inquiry.evidence([frame], "\(ending.ender?.rawValue ?? "server") alert \(alert.name) (\(alert.rawValue))"),
            inquiry.evidence(
              inquiry.helloFrames, "the ClientHello carries \(Escaped.list(hello.extensions.map(\.type), limit: 24))"),
          ])
      ]
    }
    if ending.ender == .server, let missing = missingTLS13Extension(ending, hello, frame, inquiry) { return [missing] }
    return ending.ender == .server
      ? missingMasterSecret(ending, hello, frame, inquiry)
      : missingRenegotiationInfo(connection, ending, frame, inquiry)
  }

  /// RFC 8446 §9.2: a TLS 1.3 hello without pre-shared key needs supported_groups, key_share and signature_algorithms.
  private static func missingTLS13Extension(
    _ ending: Ending, _ hello: ClientHello, _ frame: Int, _ inquiry: Inquiry
  ) -> Finding? {
    let offer = Offer(hello: hello)
    guard offer.offersTLS13, !offer.offers(.tls12), hello.preSharedKeyIdentities.isEmpty, ending.phase == .clientHello
    else { return nil }
    let missing = [ExtensionType.supportedGroups, .keyShare, .signatureAlgorithms].filter { !hello.has($0) }
    guard !missing.isEmpty else { return nil }
    return Finding(
      .tlsExtension, 88, "The ClientHello lacks \(Escaped.list(missing)), which TLS 1.3 requires",
      evidence: [
        inquiry.evidence(
          inquiry.helloFrames, "the ClientHello carries \(Escaped.list(hello.extensions.map(\.type), limit: 24))"),
        inquiry.evidence([frame], "the server gives up in answer"),
      ])
  }

  /// The server requires extended_master_secret (RFC 7627 §5.1) or renegotiation_info; the working hello has it.
  private static func missingMasterSecret(
    _ ending: Ending, _ hello: ClientHello, _ frame: Int, _ inquiry: Inquiry
  ) -> [Finding] {
    guard let alert = ending.alert, ending.phase == .clientHello, alert.saysNothingInCommon else { return [] }
    let offer = Offer(hello: hello)
    guard !offer.offersTLS13 else { return [] }
    var missing: [String] = []
    let other = inquiry.workingHello.map(Offer.init)
    if !offer.hasExtendedMasterSecret, other?.hasExtendedMasterSecret ?? true {
      missing.append("extended_master_secret")
    }
    if !offer.announcesSecureRenegotiation, other?.announcesSecureRenegotiation ?? true {
      missing.append("renegotiation_info")
    }
    guard !missing.isEmpty else { return [] }
    let strength = alert == .insufficientSecurity ? (other == nil ? 68 : 86) : other == nil ? 42 : 56
    let names = missing.joined(separator: " and ")
    return [
      Finding(
        .tlsExtension, strength, "The client does not send \(names), which the server seems to require",
        evidence: [
          inquiry.evidence([frame], "server alert \(alert.name) (\(alert.rawValue))"),
          inquiry.evidence(inquiry.helloFrames, "the ClientHello lacks \(names)"),
        ]
          + (other == nil
            ? [] : [inquiry.workingEvidence(inquiry.workingHelloFrames, "the working ClientHello has \(names)")]))
    ]
  }

  /// The client gives up on a ServerHello without renegotiation_info (RFC 5746 §3.4) or extended_master_secret.
  private static func missingRenegotiationInfo(
    _ connection: Connection, _ ending: Ending, _ frame: Int, _ inquiry: Inquiry
  ) -> [Finding] {
    guard let alert = ending.alert, alert == .handshakeFailure || alert == .insufficientSecurity,
      let answer = connection.serverHello, !connection.isTLS13,
      let hello = inquiry.hello
    else { return [] }
    let offer = Offer(hello: hello)
    if alert == .handshakeFailure, offer.announcesSecureRenegotiation, !answer.value.has(.renegotiationInfo) {
      return [
        Finding(
          .tlsExtension, 86,
          "The server does not support secure renegotiation (RFC 5746), and the client insists on it",
          evidence: [
            inquiry.evidence([answer.frame], "the ServerHello has no renegotiation_info"),
            inquiry.evidence([frame], "client alert \(alert.name) (\(alert.rawValue))"),
          ])
      ]
    }
    if offer.hasExtendedMasterSecret, !answer.value.has(.extendedMasterSecret) {
      return [
        Finding(
          .tlsExtension, alert == .insufficientSecurity ? 80 : 76,
          "The server does not support the extended master secret, and the client insists on it",
          evidence: [
            inquiry.evidence([answer.frame], "the ServerHello has no extended_master_secret"),
            inquiry.evidence([frame], "client alert \(alert.name) (\(alert.rawValue))"),
          ])
      ]
    }
    return []
  }
}
