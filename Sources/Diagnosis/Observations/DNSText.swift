import HandshakeModel

/// DNS numbers in words.
enum DNSText {
  /// A record type's name.
  static func type(_ type: UInt16) -> String {
    switch type {
    case 1: return "A"
    case 28: return "AAAA"
    case 65: return "HTTPS"
    default: return "type \(type)"
    }
  }

  /// What a lookup came to.
  static func outcome(_ lookup: NameLookup) -> String {
    guard let code = lookup.responseCode else {
      return "no answer to \(lookup.queryCount) quer\(lookup.queryCount == 1 ? "y" : "ies")"
    }
    switch code {
    case 0: return lookup.addresses.isEmpty ? "answered without an address" : "answered"
    case 1: return "FORMERR"
    case 2: return "SERVFAIL"
    case 3: return "NXDOMAIN, the name does not exist"
    case 5: return "REFUSED"
    default: return "response code \(code)"
    }
  }
}
