package import NetworkValues
public import TLSProtocol

/// What the layers below TLS did for one connection.
public struct NetworkFacts: Sendable {
  /// The client's SYNs: the first and its repetitions.
  public var syns: [FrameNote] = []
  /// The first SYN-ACK.
  public var synAck: FrameNote?
  /// Repetitions of the SYN-ACK: the first ``synAckLimit`` of them.
  public var synAckRepetitions: [FrameNote] = []
  /// The client's first ACK, which completes the TCP handshake. It shows that there was a SYN-ACK, should the capture lack
  /// that.
  public var established: FrameNote?
  /// In order of arrival; at most ``resetLimit`` are kept. One that neither side heeded is none.
  public var resets: [Reset] = []
  /// The first FIN of each side.
  public var clientFin: FrameNote?
  /// The server's FIN.
  public var serverFin: FrameNote?
  /// ICMP errors that quote this connection.
  public var icmpErrors: [ICMPNote] = []
  /// What the client sent.
  public var client = DirectionFacts()
  /// What the server sent.
  public var server = DirectionFacts()
  /// The capture began when the connection was already under way.
  public var isStartMissing = false
  /// Frames that the capture's snap length cut short.
  public var truncatedFrames = 0
  /// Frames with a segment that another frame shows too: it was captured on two interfaces, or before and behind a router.
  /// Nothing else counts them.
  public var copies = 0
  /// Segments whose numbers lie where neither side can have been, so that no stack would take them, and ICMP errors that
  /// quote such segments: forged, or of another connection. Nothing else follows from them.
  public var unbelieved = UnbelievedSegments()
  /// Where the client went on by itself, since this connection did not come about.
  public var fallback: Fallback?
  /// Where the same host accepted others over the other address family, though this client did not go on there.
  public var alternative: Fallback?
  /// Seconds for which the capture is known to have gone on behind the connection's last packet, to within a second.
  public var silence = 0.0
  /// The seconds for which a capture that has come to `now` went on behind a connection's last packet. None where they are
  /// more than any connection is waited for: the clock jumped, as where captures are merged.
  package static func silence(from last: Timestamp, to now: Timestamp) -> Double {
    let seconds = now.seconds(since: last)
    return (0...longestSilence).contains(seconds) ? seconds : 0
  }

  private static let longestSilence = 3600.0

  /// Only one direction was captured.
  public var isOneSided: Bool { client.segments == 0 || server.segments == 0 }

  /// Resets that are kept.
  public static let resetLimit = 8
  /// SYN-ACKs that are kept.
  public static let synAckLimit = 8

  public init() {}

  /// The capture lacks bytes that the two sides sent each other.
  public var lacksBytes: Bool { truncatedFrames > 0 || lacksBytes(from: .client) || lacksBytes(from: .server) }

  /// Acknowledgments, a FIN or a reset show that one side sent more than was captured.
  public func lacksBytes(from role: Role) -> Bool {
    self[role].lacksBytes || resets.first { $0.sender == role }?.showsUnseenBytes == true
  }

  /// TCP was connected: the server's SYN-ACK shows it or, where the capture lacks that, the client's answer to it,
  /// or anything else that the server acknowledges.
  public var isConnected: Bool { synAck != nil || established != nil || server.lastAck != nil }

  /// The frame that shows that the server accepted the connection: at most one.
  public var acceptanceFrames: [Int] { (synAck ?? established ?? server.lastAck).map { [$0.frame] } ?? [] }

  /// The server's reset that refuses the SYN.
  public var refusal: Reset? { isConnected ? nil : resets.first { $0.sender == .server && $0.answersSYN } }

  /// What one side sent.
  public subscript(role: Role) -> DirectionFacts {
    get { role == .client ? client : server }
    set { if role == .client { client = newValue } else { server = newValue } }
  }
}
