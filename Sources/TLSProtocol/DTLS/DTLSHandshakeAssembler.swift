internal import Bytes

/// Joins the handshake messages of one sender from their fragments and drops retransmitted ones, RFC 9147 §5.
struct DTLSHandshakeAssembler: Sendable {
  struct Message {
    var type: HandshakeType
    var body: [UInt8]
  }

  private struct Partial: Sendable {
    var type: HandshakeType
    var length: Int
    var fragments = FragmentAssembler()
    var body: [UInt8] = []
    var isComplete: Bool { body.count >= length }
    var heldBytes: Int { body.count &+ fragments.pendingCount }
  }

  private var partials: [UInt16: Partial] = [:]
  /// The number of the message to come.
  private(set) var nextSequence: UInt16 = 0
  /// First fragments of messages that had been read already.
  private(set) var retransmissions = 0

  /// A flight has fewer messages; a peer that numbers further ahead is not waited for.
  private static let window: UInt16 = 16

  /// Reads a fragment with its header, RFC 9147 §5.2; returns the messages that are now complete and in order.
  mutating func insert(parsing cursor: inout ByteCursor) throws(ParseError) -> [Message] {
    let start = cursor.offset
    let type: HandshakeType = try cursor.read()
    let length = try cursor.readUInt24()
    let sequence: UInt16 = try cursor.read()
    let offset = try cursor.readUInt24()
    let count = try cursor.readUInt24()
    let data = try cursor.readBytes(count)
    guard offset + count <= length else { throw ParseError(.invalid("fragment beyond its message"), at: start) }
    guard length <= HandshakeReader.limit(of: type) else {
      throw ParseError(.invalid("\(length) bytes, more than are read"), at: start)
    }
    guard sequence >= nextSequence else {
      if offset == 0 { retransmissions += 1 }
      return []
    }
    var messages: [Message] = []
    if sequence - nextSequence >= Self.window {
      // The capture lacks what lies between.
      messages = flush()
      partials = [:]
      nextSequence = sequence
    }
    if let known = partials[sequence] {
      guard known.type == type, known.length == length else {
        throw ParseError(.invalid("fragment of another message"), at: start)
      }
      if known.isComplete, offset == 0 { retransmissions += 1 }
    }
    // Taken out while it changes: in place of a copy for each fragment, of which there may be one a byte.
    var partial = partials.removeValue(forKey: sequence) ?? Partial(type: type, length: length)
    partial.body += partial.fragments.insert(data, at: UInt64(offset))
    partials[sequence] = partial
    return messages + takeOrdered()
  }

  /// Bytes of messages that are not whole, or wait for one before them.
  var heldBytes: Int { partials.values.reduce(0) { $0 &+ $1.heldBytes } }

  /// Forgets those messages. What follows them is read as after a gap in the capture.
  mutating func dropHeld() { partials = [:] }

  /// The complete messages, although some before them are missing: for when nothing will fill the gap.
  mutating func flush() -> [Message] {
    var messages: [Message] = []
    for sequence in partials.keys.sorted() where partials[sequence]?.isComplete == true {
      nextSequence = sequence
      messages += takeOrdered()
    }
    return messages
  }

  private mutating func takeOrdered() -> [Message] {
    var messages: [Message] = []
    while let partial = partials[nextSequence], partial.isComplete {
      partials[nextSequence] = nil
      messages.append(Message(type: partial.type, body: partial.body))
      guard nextSequence < .max else { break }
      nextSequence += 1
    }
    partials = partials.filter { $0.key >= nextSequence }
    return messages
  }
}
