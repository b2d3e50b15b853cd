import TLSProtocol

extension ClientOffer {
  /// The command that makes this offer to `endpoint` (`host:port`, an IPv6 host in brackets). `options` come last.
  func command(endpoint: ShellWord, options: [ShellCommand] = []) -> ShellCommand {
    var words: [ShellCommand] = [
      isDTLS ? "openssl s_client -dtls -connect \(endpoint)" : "openssl s_client -connect \(endpoint)"
    ]
    if let serverName {
      let name = ShellWord(serverName, placeholder: namePlaceholder, for: "the server name")
      words.append("-servername \(name)")
    } else {
      words.append("-noservername")
    }
    words += versionOptions
    if !tls13Suites.isEmpty, isOffering(0x0304), !isDTLS { words.append("-ciphersuites \(list(tls13Suites))") }
    if isOfferingOlderThan13 {
      let level = needsLowSecurityLevel ? ["@SECLEVEL=0"] : []
      if !ciphers.isEmpty || !level.isEmpty {
        words.append("-cipher \(list((ciphers.isEmpty ? ["DEFAULT"] : ciphers) + level))")
      }
    }
    if !groups.isEmpty { words.append("-groups \(list(groups))") }
    if !signatureSchemes.isEmpty { words.append("-sigalgs \(list(signatureSchemes))") }
    if !applicationProtocols.isEmpty {
      words.append("-alpn \(ShellWord(known: applicationProtocols.joined(separator: ",")))")
    }
    if sendsFallbackSignal { words.append("-fallback_scsv") }
    if asksForStaple { words.append("-status") }
    let command = (words + options).joined()
    return sendsExtendedMasterSecret || !isOfferingOlderThan13
      ? command + " </dev/null" : Self.withoutExtendedMasterSecret + command
  }

  /// s_client has no option for it, but its configuration file has: it reads that to its end, then finds nothing to send.
  private static let withoutExtendedMasterSecret: ShellCommand =
    "printf 'openssl_conf=a\\n[a]\\nssl_conf=b\\n[b]\\nsystem_default=c\\n[c]\\n"
    + "Options=-ExtendedMasterSecret\\n' | OPENSSL_CONF=/dev/stdin "

  private var versionOptions: [ShellCommand] {
    guard let versions else { return [] }
    let lowest = VersionNames.dotted(versions.lowest) ?? ""
    let highest = VersionNames.dotted(versions.highest) ?? ""
    if lowest == highest {
      let name = lowest == "1.0" ? "tls1" : "tls" + lowest.split(separator: ".").joined(separator: "_")
      return ["-\(ShellWord(known: name))"]
    }
    return ["-min_protocol \(Self.protocolName(lowest)) -max_protocol \(Self.protocolName(highest))"]
  }

  private static func protocolName(_ version: String) -> ShellWord {
    ShellWord(known: version == "1.0" ? "TLSv1" : "TLSv" + version)
  }

  private func isOffering(_ version: UInt16) -> Bool {
    guard let versions else { return true }
    return (versions.lowest.rawValue...versions.highest.rawValue).contains(version)
  }

  private var isOfferingOlderThan13: Bool { versions.map { $0.lowest.rawValue < 0x0304 } ?? true }

  private func list(_ names: [String]) -> ShellWord { ShellWord(known: names.joined(separator: ":")) }
}
