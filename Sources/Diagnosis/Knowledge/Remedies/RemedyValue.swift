import TLSProtocol

/// The values that remedies and next steps may name.
enum RemedyValue {
  /// The value of a key; nil where the context does not know it, or holds something that no command should carry.
  static func value(_ key: String, _ context: RemedyContext) -> String? {
    switch key {
    case "name": name(context)
    case "host": name(context) ?? address(context)
    case "address": address(context)
    case "working-address": context.workingAddress.flatMap { HostText.isAddress($0) ? $0 : nil }
    case "port": context.port.map { String($0) }
    // Letters, digits, brackets, colons, dots, hyphens and underscores: what every configuration takes as it is.
    case "endpoint", "bare-endpoint": endpoint(name(context) ?? address(context), context)
    case "working-endpoint": endpoint(value("working-address", context), context)
    case "url": endpoint(name(context) ?? address(context), context).map { "https://\($0)/" }
    case "failing-family": context.failingFamily?.rawValue
    case "working-family": context.workingFamily?.rawValue
    case "failing-flag": context.failingFamily.map { $0 == .ipv4 ? "-4" : "-6" }
    case "working-flag": context.workingFamily.map { $0 == .ipv4 ? "-4" : "-6" }
    case "loopback": value("working-address", context).map { HostText.bracketed($0) }
    case "java-stack":
      context.workingFamily.map {
        $0 == .ipv4 ? "-Djava.net.preferIPv4Stack=true" : "-Djava.net.preferIPv6Addresses=true"
      }
    case "version": context.acceptedVersion.flatMap(VersionNames.dotted)
    case "java-version": context.acceptedVersion.flatMap(VersionNames.dotted).map { "TLSv\($0)" }
    case "suite": context.acceptedSuite?.registeredName
    case "openssl-suite": cipher(context)?.name
    // For lists that hold suites up to TLS 1.2 only.
    case "tls12-suite": cipher(context).flatMap { $0.isTLS13 ? nil : $0.name }
    case "suite-version": cipher(context).map { $0.isTLS13 ? "tls1_3" : "tls1_2" }
    case "suite-option": cipher(context).map { $0.isTLS13 ? "ciphersuites" : "cipher" }
    case "curl-suite-option": cipher(context).map { $0.isTLS13 ? "tls13-ciphers" : "ciphers" }
    case "group": context.acceptedGroup?.registeredName
    case "openssl-group": context.acceptedGroup.flatMap(OpenSSLNames.group)
    case "openssl-sigalg": context.acceptedSignatureScheme.flatMap(OpenSSLNames.signatureScheme)
    case "protocol": context.acceptedProtocol.flatMap { HostText.isPlainProtocol($0) ? $0 : nil }
    // Nothing where the connection that failed went to that very port.
    case let key where key.hasPrefix("not-on-"): context.port.map { "not-on-\($0)" } == key ? "" : nil
    default: nil
    }
  }

  /// What a command says otherwise than the packets, since the server name in them is none that it may carry; nil where
  /// it says the same.
  static func gap(_ key: String, _ context: RemedyContext, isFilled: Bool) -> String? {
    guard let name = context.serverName, !name.isEmpty, !HostText.isPlainName(name) else { return nil }
    switch key {
    case "name": return "the name in capitals stands for the server name, which is no host name"
    case "host", "url":
      return isFilled ? "by its address, since the server name is no host name" : nil
    default: return nil
    }
  }

  private static func cipher(_ context: RemedyContext) -> OpenSSLNames.Cipher? {
    context.acceptedSuite.flatMap(OpenSSLNames.cipher)
  }

  private static func name(_ context: RemedyContext) -> String? {
    context.serverName.flatMap { HostText.isPlainName($0) ? $0 : nil }
  }

  private static func address(_ context: RemedyContext) -> String? {
    context.address.flatMap { HostText.isAddress($0) ? $0 : nil }
  }

  private static func endpoint(_ host: String?, _ context: RemedyContext) -> String? {
    guard let host, let port = context.port else { return nil }
    return "\(HostText.bracketed(host)):\(port)"
  }
}

/// TLS versions as programs spell them.
enum VersionNames {
  /// `1.3`, `1.2`, `1.1`, `1.0`; nil for SSL and unknown versions.
  static func dotted(_ version: ProtocolVersion) -> String? {
    switch version.rawValue {
    case 0x0304: "1.3"
    case 0x0303: "1.2"
    case 0x0302: "1.1"
    case 0x0301: "1.0"
    default: nil
    }
  }
}
