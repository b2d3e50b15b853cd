import TLSProtocol

/// A hello's key facts in short lines, for a ladder.
enum HelloFacts {
  static func lines(_ hello: ClientHello) -> [LadderStep.Detail] {
    var lines = [LadderStep.Detail(versions(hello.offeredVersions))]
    lines.append(LadderStep.Detail(hello.serverName.map { "SNI \($0)" } ?? "no SNI"))
    let suites = hello.cipherSuites.filter { !$0.isGREASE }
    lines.append(
      LadderStep.Detail(
        suites.count == 1 ? suites[0].name : "\(suites.count) cipher suites", comparing: joined(suites.map(\.name))))
    if !hello.applicationProtocols.isEmpty {
      lines.append(
        LadderStep.Detail(
          "ALPN " + list(hello.applicationProtocols, limit: 3), comparing: joined(hello.applicationProtocols)))
    }
    let groups = hello.supportedGroups.filter { !$0.isGREASE }.map(\.name)
    if !groups.isEmpty {
      lines.append(LadderStep.Detail("groups " + list(groups, limit: 3), comparing: joined(groups)))
    }
    let shares = hello.keyShareGroups.filter { !$0.isGREASE }.map(\.name)
    if !shares.isEmpty {
      lines.append(LadderStep.Detail("key share " + list(shares, limit: 3), comparing: "share " + joined(shares)))
    }
    if !hello.preSharedKeyIdentities.isEmpty { lines.append("pre-shared key") }
    return lines
  }

  static func lines(_ hello: ServerHello) -> [LadderStep.Detail] {
    if hello.isHelloRetryRequest {
      return hello.selectedGroup.map { ["asks for a share of \($0.name)"] } ?? []
    }
    var lines: [LadderStep.Detail] = [
      LadderStep.Detail(hello.version.name), LadderStep.Detail(hello.cipherSuite.name),
    ]
    if let group = hello.selectedGroup { lines.append(LadderStep.Detail(group.name)) }
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

  /// A key for comparing lists regardless of order, which clients shuffle.
  private static func joined(_ names: [String]) -> String { names.sorted().joined(separator: ",") }

  /// The first `limit` names, and how many more there are.
  static func list(_ names: [String], limit: Int) -> String {
    let shown = names.prefix(limit).joined(separator: ", ")
    return names.count > limit ? "\(shown) +\(names.count - limit)" : shown
  }
}
