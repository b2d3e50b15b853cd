import TLSProtocol

/// What to do about a cause: looked up by code and by the stacks that were seen, never written into a rule.
public enum Remedies {
  /// Remedies for both sides, the side that can mend it better first. A named stack's own settings are preferred; where
  /// it has none for this cause, or the stack is not known, the general advice stands.
  public static func `for`(
    code: CauseCode, client: Stack?, server: Stack?, context: RemedyContext = RemedyContext()
  ) -> [Remedy] {
    let sides: [(Role, Stack?)] = [(.client, client), (.server, server)]
    let ordered = code.sideToMend == .client ? sides : sides.reversed()
    return ordered.flatMap { side, stack in remedies(code, side, stack, context) }
  }

  /// At most this many for one side: a list that nobody reads helps nobody.
  static let limit = 4

  private static func remedies(
    _ code: CauseCode, _ side: Role, _ stack: Stack?, _ context: RemedyContext
  ) -> [Remedy] {
    var remedies: [Remedy] = []
    for table in stack.map(RemedyTable.tables) ?? [] {
      let audience = "\(table.name) \(side.rawValue)"
      remedies += table.templates(code, side).map { $0.remedy(for: audience, context) }
    }
    if remedies.isEmpty {
      let audience = stack.map { "\($0.shortName) \(side.rawValue)" } ?? side.rawValue
      remedies = RemedyTable.generic.templates(code, side).map { $0.remedy(for: audience, context) }
    }
    return Array(remedies.prefix(limit))
  }
}

extension CauseCode {
  /// The side on which a change mends this cause in most cases: its remedies stand first.
  var sideToMend: Role {
    switch self {
    case .dnsNoAnswer, .tcpAddressFamily, .appPlaintextClient, .appStartTLS, .tlsSNIMissing, .tlsFallback,
      .tlsResumption, .certSelfSigned, .certUntrusted, .certRejected, .certClientRequired, .certClientRejected,
      .tlsVersion, .tlsCipherSuite, .tlsGroup, .tlsALPN, .tlsExtension, .tlsIntolerance, .tcpPathMTU:
      .client
    default: .server
    }
  }
}
