import HandshakeModel
import NetworkValues
import TLSProtocol

/// Segments that one side sent again and that its peer never acknowledged.
struct VanishedSegments {
  let sender: Role
  /// The frames of the repetitions.
  let frames: [Int]
  /// How often segments were repeated; more than ``frames`` holds where there were very many.
  let repetitions: Int
  /// Payload in bytes.
  let smallest: Int
  let largest: Int

  /// Nil where nothing was repeated in vain, or where nothing at all came from the other side.
  init?(_ sender: Role, in connection: Connection) {
    let facts = connection.network[sender]
    let lengths = facts.retransmissions.map(\.length)
    guard facts.unacknowledgedBytes > 0, let smallest = lengths.min(), let largest = lengths.max(),
      connection.network[sender.peer].segments > 0
    else { return nil }
    self.sender = sender
    frames = facts.retransmissions.map(\.frame)
    repetitions = facts.retransmissionCount
    (self.smallest, self.largest) = (smallest, largest)
  }
}

extension Connection {
  /// Payload that every path carries: IPv6 links take 1280 bytes (RFC 8200 §5), and no IPv4 path in use takes less than
  /// the 576 that every host must (RFC 791 §3.1); 40 bytes are the IPv4 headers, 60 the IPv6 ones.
  var payloadThatFitsEverywhere: Int { client.address.isIPv4 ? 576 - 40 : 1280 - 60 }

  /// The server's first flight came far enough for the client to go on.
  var isTLSAnswerComplete: Bool { serverHello != nil && network.server.holeBytes == 0 }
}
