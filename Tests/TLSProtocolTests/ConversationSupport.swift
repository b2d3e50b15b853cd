import Bytes

@testable import TLSProtocol

/// Feeds a conversation and writes down what it tells, a line an event.
struct ConversationLog {
  var conversation: TLSConversation
  private(set) var lines: [String] = []
  private(set) var events: [TLSEvent] = []

  init(keyLog: KeyLog? = nil) { conversation = TLSConversation(keyLog: keyLog) }

  mutating func receive(_ bytes: [UInt8], from sender: Role, frame: Int = 1) {
    bytes.withCursor { cursor in
      conversation.receive(cursor.rest, from: sender, frame: frame) { event in
        events.append(event)
        lines.append(Self.line(event))
      }
    }
  }

  mutating func receive(hex: String, from sender: Role) { receive(Flight.bytes(hex: hex), from: sender) }

  /// Feeds the flights in pieces of at most `size` bytes.
  static func lines(of flights: [Flight], piecesOf size: Int = .max) -> [String] {
    var log = ConversationLog()
    for flight in flights {
      var rest = flight.bytes[...]
      while !rest.isEmpty {
        log.receive(Array(rest.prefix(size)), from: flight.sender)
        rest = rest.dropFirst(size)
      }
    }
    return log.lines
  }

  static func line(_ event: TLSEvent) -> String {
    let sender = event.sender == .client ? ">" : "<"
    switch event.kind {
    case .record(let note):
      return "\(sender) record \(note.contentType) \(note.length)\(note.isEncrypted ? " encrypted" : "")"
    case .handshake(let message): return "\(sender) \(message.type) \(message.length) \(name(of: message.body))"
    case .alert(let alert, _): return "\(sender) alert \(alert.level.rawValue) \(alert.description.rawValue)"
    case .notTLS: return "\(sender) not TLS"
    case .decryptionFailed(let length): return "\(sender) decryption failed \(length)"
    }
  }

  private static func name(of body: HandshakeBody) -> String {
    switch body {
    case .certificate(let message): "certificate(\(message.certificates.map(\.count)))"
    case .malformed(let error): "malformed(\(error))"
    default: "\(body)".prefix { $0 != "(" }.description
    }
  }
}

extension Flight {
  /// A record with a TLS 1.2 ServerHello, as a server's stream starts.
  static var serverHello: [UInt8] { Array(tls12UntrustedJava[1].bytes.prefix(70)) }
}

/// A TLS record around a fragment.
func record(_ type: UInt8, version: UInt16 = 0x0303, _ fragment: [UInt8]) -> [UInt8] {
  [type, UInt8(version >> 8), UInt8(version & 0xff), UInt8(fragment.count >> 8), UInt8(fragment.count & 0xff)]
    + fragment
}

/// A handshake message around a body.
func handshake(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
  [type, UInt8(body.count >> 16), UInt8(body.count >> 8 & 0xff), UInt8(body.count & 0xff)] + body
}
