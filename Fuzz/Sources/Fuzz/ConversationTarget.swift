import Bytes
import TLSProtocol

/// Bytes of both directions: each chunk behind its sender and length.
struct Chunks {
  private var script: InputScript

  init(_ script: InputScript) { self.script = script }

  enum Chunk {
    case bytes([UInt8], from: Role)
    case gap(Int, from: Role)
  }

  mutating func next() -> Chunk? {
    guard !script.isAtEnd else { return nil }
    let head = script.word()
    let sender = head & 0x8000 == 0 ? Role.client : .server
    if head & 0x4000 != 0 { return .gap(head & 0x0fff, from: sender) }
    return .bytes(script.take(head & 0x3fff), from: sender)
  }
}

extension FuzzTarget {
  /// Records and handshake messages of both directions, with and without keys. How the bytes are cut into pieces must
  /// make no difference; only behind a gap, where records are searched for, a segment's start counts.
  static let conversation = FuzzTarget("conversation") { bytes in
    var script = InputScript(bytes)
    let mode = script.byte()
    let keyLog = mode & 1 != 0 ? SessionKeys.keyLog : nil
    var whole = ConversationRun(keyLog: keyLog)
    var pieces = ConversationRun(keyLog: keyLog)
    var chunks = Chunks(script)
    let size = Int(mode >> 2) + 1
    var compares = mode & 2 != 0
    while let chunk = chunks.next() {
      switch chunk {
      case .gap(let count, let sender):
        whole.conversation.skip(count, from: sender)
        compares = false
      case .bytes(let bytes, let sender):
        whole.receive(bytes[...], from: sender)
        guard compares else { continue }
        var start = 0
        while start < bytes.count {
          pieces.receive(bytes[start..<min(bytes.count, start + size)], from: sender)
          start += size
        }
        claim(whole.log == pieces.log, "events do not depend on how bytes are cut:\n\(whole.log)\n\(pieces.log)")
      }
    }
  }
}

private struct ConversationRun {
  var conversation: TLSConversation
  /// A line for each event.
  var log: [String] = []

  init(keyLog: KeyLog?) { conversation = TLSConversation(keyLog: keyLog) }

  mutating func receive(_ bytes: ArraySlice<UInt8>, from sender: Role) {
    Array(bytes).withCursor { cursor in
      conversation.receive(cursor.rest, from: sender, frame: 1) { event in log.append(Self.line(event)) }
    }
  }

  private static func line(_ event: TLSEvent) -> String {
    let sender = event.sender == .client ? ">" : "<"
    switch event.kind {
    case .record(let note): return "\(sender) record \(note.contentType.rawValue) \(note.length) \(note.isEncrypted)"
    case .handshake(let message): return "\(sender) \(message.type.rawValue) \(message.length) \(message.isDecrypted)"
    case .alert(let alert, let isDecrypted): return "\(sender) alert \(alert.description.rawValue) \(isDecrypted)"
    case .notTLS: return "\(sender) not TLS"
    case .decryptionFailed(let length): return "\(sender) not opened \(length)"
    }
  }
}
