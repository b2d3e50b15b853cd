import NetworkProtocols
import TLSProtocol

/// Confirms negotiation failures: the failing offer, then the same with the one thing changed that the server is known
/// to accept.
enum HandshakeConfirmation {
  static func plan(
    _ code: CauseCode, _ hello: ClientHello?, _ server: Endpoint, _ accepted: ServerAcceptance?
  ) -> ConfirmationPlan? {
    guard let hello else { return nil }
    let endpoint = ConfirmCommands.word(server)
    var offer = ClientOffer(hello)
    if code == .tlsFallback { offer.sendsFallbackSignal = true }
    let reproduce = NextStep("Make the failing client's offer", command: offer.command(endpoint: endpoint))
    var changed = offer
    let change = change(code, &changed, accepted)
    if code == .tlsResumption { return resumption(offer, endpoint) }
    guard let change else { return ConfirmationPlan(reproduce, nil, notes: offer.notes) }
    return ConfirmationPlan(
      reproduce, NextStep(change, command: changed.command(endpoint: endpoint)), notes: offer.notes)
  }

  /// Makes the single change and says what it is; nil where the offer cannot be changed in a way known to matter.
  private static func change(_ code: CauseCode, _ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    switch code {
    case .tlsVersion: return version(&offer, accepted)
    case .tlsCipherSuite: return cipherSuite(&offer, accepted)
    case .tlsGroup: return group(&offer, accepted)
    case .tlsSignatureScheme: return signatureScheme(&offer, accepted)
    case .tlsSNIMissing, .tlsSNIUnrecognized: return serverName(&offer, accepted)
    case .tlsALPN: return applicationProtocol(&offer, accepted)
    case .tlsExtension:
      guard !offer.sendsExtendedMasterSecret else { return nil }
      offer.sendsExtendedMasterSecret = true
      return "The same with the extended master secret: should pass"
    case .tlsFallback:
      offer.sendsFallbackSignal = false
      return "The same without the fallback signal: should pass"
    case .tlsIntolerance:
      offer.groups = ["X25519", "P-256"]
      offer.applicationProtocols = Array(offer.applicationProtocols.prefix(2))
      offer.asksForStaple = false
      return "A smaller hello without post-quantum groups: should pass"
    default: return nil
    }
  }

  private static func version(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let version = accepted?.version, let name = VersionNames.dotted(version) else { return nil }
    let low = min(offer.versions?.lowest.rawValue ?? version.rawValue, version.rawValue)
    let high = max(offer.versions?.highest.rawValue ?? version.rawValue, version.rawValue)
    offer.versions = (ProtocolVersion(rawValue: low), ProtocolVersion(rawValue: high))
    // The old suites do not fit the new version: OpenSSL's own list goes along with it.
    if version.rawValue == 0x0304 { offer.tls13Suites = [] }
    if version.rawValue < 0x0304, offer.ciphers.isEmpty { offer.ciphers = ["DEFAULT"] }
    return "The same with TLS \(name) offered as well: should pass"
  }

  private static func cipherSuite(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let suite = accepted?.cipherSuite, let cipher = OpenSSLNames.cipher(suite) else { return nil }
    if cipher.isTLS13 {
      offer.tls13Suites.append(cipher.name)
      widen(&offer, to: 0x0304)
    } else {
      offer.ciphers.append(cipher.name)
      widen(&offer, to: 0x0303)
    }
    return "The same with \(cipher.name) offered as well: should pass"
  }

  private static func group(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let group = accepted?.group, let name = OpenSSLNames.group(group) else { return nil }
    offer.groups.append(name)
    return "The same with group \(name) offered as well: should pass"
  }

  private static func signatureScheme(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    if let scheme = accepted?.signatureScheme, let name = OpenSSLNames.signatureScheme(scheme) {
      offer.signatureSchemes.append(name)
      return "The same with signature scheme \(name) offered as well: should pass"
    }
    offer.signatureSchemes = []
    return "The same with OpenSSL's own signature schemes: should pass"
  }

  private static func serverName(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let accepted, accepted.serverName != offer.serverName else { return nil }
    guard let name = accepted.serverName else {
      offer.serverName = nil
      return "The same without a server name: should pass"
    }
    guard !name.isEmpty else { return nil }
    offer.serverName = name
    offer.namePlaceholder = "WORKING_NAME"
    return "The same with the working client's server name: should pass"
  }

  private static func applicationProtocol(_ offer: inout ClientOffer, _ accepted: ServerAcceptance?) -> String? {
    guard let accepted else { return nil }
    if let chosen = accepted.applicationProtocol ?? accepted.offeredProtocols.first, HostText.isPlainProtocol(chosen) {
      offer.applicationProtocols.append(chosen)
      return "The same with ALPN \(chosen) offered as well: should pass"
    }
    guard accepted.offeredProtocols.isEmpty else { return nil }
    offer.applicationProtocols = []
    return "The same without ALPN: should pass"
  }

  private static func resumption(_ offer: ClientOffer, _ endpoint: ShellWord) -> ConfirmationPlan {
    ConfirmationPlan(
      NextStep(
        "Make a session, then resume it",
        command: offer.command(endpoint: endpoint, options: ["-sess_out /tmp/session.pem"]) + " ; "
          + offer.command(endpoint: endpoint, options: ["-sess_in /tmp/session.pem"])),
      NextStep("A full handshake without a session: should pass", command: offer.command(endpoint: endpoint)),
      notes: offer.notes)
  }

  private static func widen(_ offer: inout ClientOffer, to version: UInt16) {
    guard let versions = offer.versions else { return }
    offer.versions = (
      ProtocolVersion(rawValue: min(versions.lowest.rawValue, version)),
      ProtocolVersion(rawValue: max(versions.highest.rawValue, version))
    )
  }
}
