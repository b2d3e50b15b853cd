import HandshakeModel

/// What a story shows at a glance: it decides which mechanisms are asked. Most failures in a long capture are connections
/// that came to no TLS, and most mechanisms are about TLS.
struct Signs: OptionSet, Sendable {
  let rawValue: UInt8

  /// Somebody sent data, or may have: the working story shows what should have been said.
  static let data = Signs(rawValue: 1)
  /// TLS was spoken.
  static let tls = Signs(rawValue: 2)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What a story that departs at a stage has to show.
  init(of stage: Stage?) {
    switch stage {
    case .clientHello, .serverHello, .certificate, .keyExchange, .finished: self = [.tls]
    case .firstBytes: self = [.data]
    case .resolution, .address, .tcp, .data, nil: self = []
    }
  }

  /// The signs of the connection that decides; all of them where there is none.
  init(_ connection: borrowing Connection) {
    self = []
    // Of QUIC, which is TLS in any case, little may be readable.
    if connection.transcript.isTLS || connection.transport == .quic {
      insert(.data)
      // Who left before the answer reached it, or had no use for the connection, turned nothing of it down.
      if connection.unreceivedAnswer == nil, !connection.isWithdrawn { insert(.tls) }
    }
    if connection.network.client.payloadBytes > 0 || connection.network.server.payloadBytes > 0 { insert(.data) }
  }
}
