import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// RST in answer to the SYN: nothing listens there.
  static let refusedConnection = Rule(.tcpRefused) { inquiry in
    guard let connection = inquiry.connection, connection.network.client.payloadBytes == 0,
      let syn = connection.network.syns.first, let reset = connection.network.refusal
    else { return [] }
    let server = connection.server
    return [
      Finding(
        // A host that knows of no connection has no number of its own to send (RFC 9293 §3.10.7.1).
        .tcpRefused, reset.hasNoNumber ? 94 : 84, "Nothing listens on \(server): the connection was refused",
        evidence: [
          inquiry.evidence([syn.frame, reset.frame], "SYN to \(server) answered with RST")
        ] + inquiry.otherRefusals())
    ]
  }

  /// SYNs without any answer.
  static let unansweredSYN = Rule(.tcpTimeout) { inquiry in
    guard let connection = inquiry.connection, let first = connection.network.syns.first,
      !connection.network.isConnected, connection.network.resets.isEmpty, connection.network.icmpErrors.isEmpty,
      connection.network.client.payloadBytes == 0
    else { return [] }
    let syns = connection.network.syns
    let waited = connection.waited(since: first.time)
    guard syns.count > 1, waited >= Patience.repetition else {
      return [
        Finding(
          .tcpTimeout, 45, "The SYN to \(connection.server) was not answered while the capture ran",
          evidence: [inquiry.evidence(syns.map(\.frame), "a SYN, no answer; the capture shows no repetition of it")])
      ]
    }
    return [
      Finding(
        .tcpTimeout, Patience.strength(waited, 93, 80, 45),
        "\(connection.server) never answered: the SYN was sent \(syns.count) times",
        evidence: [
          inquiry.evidence(
            syns.map(\.frame), "\(syns.count) SYNs over \(Seconds.text(waited)), no SYN-ACK, no RST, no ICMP error")
        ])
    ]
  }

  /// QUIC or DTLS hellos without any answer: firewalls that pass TCP often drop UDP.
  static let unansweredDatagrams = Rule(.tcpTimeout) { inquiry in
    guard let connection = inquiry.connection, connection.transport != .tcp, connection.network.server.segments == 0,
      connection.network.icmpErrors.isEmpty, let first = connection.network.client.firstData,
      let last = connection.network.client.lastData,
      connection.network.client.segments > 1
    else { return [] }
    // A hello that fills more than one datagram is no repetition.
    let waited = connection.waited(since: first.time)
    return [
      Finding(
        .tcpTimeout, Patience.strength(waited, 90, 80, 45),
        "\(connection.server) never answered over \(connection.transport.rawValue.uppercased()): UDP may be blocked on the way",
        evidence: [
          inquiry.evidence(
            [first.frame, last.frame],
            "\(connection.network.client.segments) datagrams over \(Seconds.text(waited)), no answer"
          )
        ])
    ]
  }

  /// An ICMP error that quotes the SYN.
  static let unreachableServer = Rule(.tcpUnreachable) { inquiry in
    guard let connection = inquiry.connection, !connection.network.isConnected,
      let syn = connection.network.syns.first
        ?? (connection.transport == .tcp ? nil : connection.network.client.firstData),
      connection.network.server.segments == 0 || connection.transport == .tcp,
      let error = connection.network.icmpErrors.first(where: { $0.quotedSender == .client && $0.isUnreachable })
    else { return [] }
    return [
      Finding(
        .tcpUnreachable, 94, "\(connection.server) is unreachable: \(error.meaning), says \(error.reporter)",
        evidence: [
          inquiry.evidence(
            [syn.frame, error.frame],
            "\(connection.transport == .tcp ? "SYN" : "first datagram") answered with \(error.name) from \(error.reporter)"
          )
        ])
    ]
  }
}

extension Inquiry {
  /// The attempt's other connections that came to nothing, one statement each.
  func otherRefusals() -> [Evidence] {
    attempt.connections.filter { $0.index != connection?.index && !$0.network.isConnected }.prefix(3).map { other in
      evidence(
        other.network.syns.prefix(1).map(\.frame) + other.network.resets.prefix(1).map(\.frame),
        "the other try, \(other.server), came to nothing too")
    }
  }
}

extension ICMPNote {
  /// The error says that the packet will not arrive, whatever its size.
  var isUnreachable: Bool {
    isICMPv6 ? type == 1 : type == 3 && code != 4
  }

  /// The error says that the packet is too large for the path.
  var isTooBig: Bool { isICMPv6 ? type == 2 : type == 3 && code == 4 }

  var name: String { "\(isICMPv6 ? "ICMPv6" : "ICMP") \(meaning)" }

  /// RFC 792, RFC 1812 §5.2.7.1, RFC 4443 §3.
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

/// Durations for sentences.
enum Seconds {
  static func text(_ seconds: Double) -> String {
    if seconds < 0.001 { return "\(Int(max(0, seconds) * 1_000_000)) µs" }
    if seconds < 1 { return "\(Int(seconds * 1000)) ms" }
    let tenths = Int(min(seconds, 1e9) * 10)
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
