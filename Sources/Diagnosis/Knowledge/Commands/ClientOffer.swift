import TLSProtocol

/// A ClientHello as `openssl s_client` can make it: what is rendered into a command, and where a single change is made.
struct ClientOffer {
  /// Lowest and highest version offered; nil where OpenSSL speaks none of them.
  var versions: (lowest: ProtocolVersion, highest: ProtocolVersion)?
  /// OpenSSL names, in the hello's order.
  var ciphers: [String] = []
  var tls13Suites: [String] = []
  var groups: [String] = []
  var signatureSchemes: [String] = []
  var applicationProtocols: [String] = []
  /// As sent, whatever it holds.
  var serverName: String?
  /// What stands for a name that no command may carry.
  var namePlaceholder: StaticString = "SERVER_NAME"
  var sendsFallbackSignal = false
  var sendsExtendedMasterSecret = true
  var asksForStaple = false
  /// What it offers needs security level 0, as SHA-1 does.
  var lowersSecurityLevel = false
  /// The hello comes over datagrams.
  var isDTLS = false
  /// What of the hello a command cannot say.
  var notes: [String] = []

  /// What `openssl s_client` offers by itself.
  init() {}

  private static let maximumProtocols = 32

  init(_ hello: ClientHello) {
    isDTLS = hello.legacyVersion.isDTLS
    if !isDTLS { readVersions(hello) }
    readSuites(hello)
    readLists(hello)
    readName(hello)
    readProtocols(hello)
    sendsFallbackSignal = hello.cipherSuites.contains { $0.rawValue == 0x5600 }
    sendsExtendedMasterSecret = hello.has(ExtensionType(rawValue: 23))
    asksForStaple = hello.has(ExtensionType(rawValue: 5))
    if !hello.preSharedKeyIdentities.isEmpty || (hello.sessionTicketLength ?? 0) > 0 {
      notes.append("The hello resumes a session; the command makes a full handshake")
    }
  }

  /// OpenSSL refuses what its security level forbids: needed to offer TLS 1.1 and older.
  var needsLowSecurityLevel: Bool { lowersSecurityLevel || (versions?.lowest.rawValue ?? 0x0303) < 0x0303 }

  /// Offers `version` as well.
  mutating func widen(to version: ProtocolVersion) {
    guard let versions else { return }
    self.versions = (
      ProtocolVersion(rawValue: min(versions.lowest.rawValue, version.rawValue)),
      ProtocolVersion(rawValue: max(versions.highest.rawValue, version.rawValue))
    )
  }

  private mutating func readVersions(_ hello: ClientHello) {
    let known = hello.offeredVersions.filter { VersionNames.dotted($0) != nil }.sorted { $0.rawValue < $1.rawValue }
    if let lowest = known.first, let highest = known.last {
      versions = (lowest, highest)
    } else {
      notes.append("OpenSSL offers none of the hello's versions")
    }
  }

  private mutating func readSuites(_ hello: ClientHello) {
    var seen: Set<UInt16> = []
    var unknown = 0
    for suite in hello.cipherSuites where !suite.isGREASE && seen.insert(suite.rawValue).inserted {
      if let cipher = OpenSSLNames.cipher(suite) {
        if cipher.isTLS13 { tls13Suites.append(cipher.name) } else { ciphers.append(cipher.name) }
      } else if suite.rawValue != 0x00ff && suite.rawValue != 0x5600 {
        unknown += 1
      }
    }
    if unknown > 0 { notes.append("\(unknown) of the hello's cipher suites are unknown to OpenSSL and left out") }
  }

  private mutating func readLists(_ hello: ClientHello) {
    var unknown = 0
    for group in hello.supportedGroups where !group.isGREASE {
      guard let name = OpenSSLNames.group(group) else {
        unknown += 1
        continue
      }
      if !groups.contains(name) { groups.append(name) }
    }
    if unknown > 0 { notes.append("\(unknown) of the hello's groups are unknown to OpenSSL and left out") }
    if groups.contains(where: { $0.contains("MLKEM") }) {
      notes.append("Post-quantum groups need OpenSSL 3.5 or later")
    }
    for scheme in hello.signatureSchemes where !scheme.isGREASE {
      if let name = OpenSSLNames.signatureScheme(scheme), !signatureSchemes.contains(name) {
        signatureSchemes.append(name)
      }
    }
  }

  private mutating func readName(_ hello: ClientHello) {
    guard let name = hello.serverName else { return }
    if name.isEmpty {
      notes.append("The hello's server name is empty, which OpenSSL cannot send; the command sends none")
    } else {
      serverName = name
    }
  }

  private mutating func readProtocols(_ hello: ClientHello) {
    var dropped = 0
    for name in hello.applicationProtocols {
      if HostText.isPlainProtocol(name), applicationProtocols.count < Self.maximumProtocols {
        applicationProtocols.append(name)
      } else {
        dropped += 1
      }
    }
    if dropped > 0 { notes.append("\(dropped) of the hello's ALPN values are left out, as no command may carry them") }
  }
}
