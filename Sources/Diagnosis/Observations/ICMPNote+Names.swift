import HandshakeModel

extension ICMPNote {
  /// The error says that the packet will not arrive, whatever its size.
  var isUnreachable: Bool {
    isICMPv6 ? type == 1 : type == 3 && code != 4
  }

  /// The error says that the packet is too large for the path.
  var isTooBig: Bool { isICMPv6 ? type == 2 : type == 3 && code == 4 }

  /// As in `ICMP host unreachable`.
  var name: String { "\(isICMPv6 ? "ICMPv6" : "ICMP") \(meaning)" }

  /// Type and code in words: RFC 792, RFC 1812 §5.2.7.1, RFC 4443 §3.
  var meaning: String {
    if isTooBig { return nextHopMTU.map { "packet too big, MTU \($0)" } ?? "packet too big" }
    if isICMPv6 {
      guard type == 1 else { return type == 3 ? "time exceeded" : "type \(type) code \(code)" }
      switch code {
      case 0: return "no route to destination"
      case 1: return "administratively prohibited"
      case 2: return "beyond scope of source address"
      case 3: return "address unreachable"
      case 4: return "port unreachable"
      case 5: return "source address failed policy"
      case 6: return "reject route to destination"
      default: return "destination unreachable, code \(code)"
      }
    }
    guard type == 3 else { return type == 11 ? "time exceeded" : "type \(type) code \(code)" }
    switch code {
    case 0: return "network unreachable"
    case 1: return "host unreachable"
    case 2: return "protocol unreachable"
    case 3: return "port unreachable"
    case 9, 10, 13: return "administratively prohibited"
    default: return "destination unreachable, code \(code)"
    }
  }
}
