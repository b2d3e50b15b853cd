import TLSProtocol

/// A hello's key facts in short lines, for a ladder.
enum HelloFacts {
  static func lines(_ hello: ClientHello) -> [String] {
    var lines = [versions(hello.offeredVersions)]
    lines.append(hello.serverName.map { "SNI \($0)" } ?? "no SNI")
    let suites = hello.cipherSuites.filter { !$0.isGREASE }
    lines.append(suites.count == 1 ? suites[0].name : "\(suites.count) cipher suites")
    if !hello.applicationProtocols.isEmpty {
      lines.append("ALPN " + list(hello.applicationProtocols, limit: 3))
    }
    let groups = hello.supportedGroups.filter { !$0.isGREASE }.map(\.name)
    if !groups.isEmpty { lines.append("groups " + list(groups, limit: 3)) }
    let shares = hello.keyShareGroups.filter { !$0.isGREASE }.map(\.name)
    if !shares.isEmpty { lines.append("key share " + list(shares, limit: 3)) }
    if !hello.preSharedKeyIdentities.isEmpty { lines.append("pre-shared key") }
    return lines
  }

  static func lines(_ hello: ServerHello) -> [String] {
    if hello.isHelloRetryRequest {
      return hello.selectedGroup.map { ["asks for a share of \($0.name)"] } ?? []
    }
    var lines = [hello.version.name, hello.cipherSuite.name]
    if let group = hello.selectedGroup { lines.append(group.name) }
    if let chosen = hello.applicationProtocol { lines.append("ALPN \(chosen)") }
    if hello.selectedIdentity != nil { lines.append("resumes the session") }
    return lines
  }

  /// `TLS 1.3, 1.2`: the name once where it is the same.
  static func versions(_ versions: [ProtocolVersion]) -> String {
    let names = versions.map(\.name)
    guard names.count > 1, names.allSatisfy({ $0.hasPrefix("TLS ") }) else { return names.joined(separator: ", ") }
    return "TLS " + names.map { String($0.dropFirst(4)) }.joined(separator: ", ")
  }

  /// The first `limit` names, and how many more there are.
  static func list(_ names: [String], limit: Int) -> String {
    let shown = names.prefix(limit).joined(separator: ", ")
    return names.count > limit ? "\(shown) +\(names.count - limit)" : shown
  }
}
