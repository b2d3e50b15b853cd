import HandshakeModel
public import TLSProtocol

/// How a failing connection ended: who spoke the last word that mattered, when, and in answer to what.
///
/// What one side sends after the other has already given up is a consequence and no cause: JSSE answers a server's FIN
/// with a handshake_failure alert of its own.
public struct Ending: Sendable, Hashable {
  /// How far the connection had come.
  public enum Phase: Int, Sendable, Hashable, Comparable {
    case connecting
    /// Connected; the client had sent nothing.
    case connected
    /// The client had sent something that is not TLS, and no hello.
    case plaintext
    /// The hello was out, no ServerHello back (a HelloRetryRequest may have come between).
    case clientHello
    /// The ServerHello was there; the server's flight was not complete or was nothing but an alert.
    case serverHello
    /// The server's whole first flight was there; the client's answer was not.
    case serverFlight
    /// The client had answered the server's flight.
    case clientFlight
    case established

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// How a connection ended.
  public enum Manner: Sendable, Hashable {
    /// An alert that can be read.
    case alert(AlertDescription)
    /// A record of an alert's size that no key opens.
    case encryptedAlert
    case fin
    case reset
    /// A QUIC CONNECTION_CLOSE that carries no alert.
    case quicClose(QUICConnectionClose)
    /// Nothing: the capture ends, or one side waits in vain.
    case silence
  }

  /// How far the handshake had come.
  public var phase: Phase
  /// Who ended it; nil for silence.
  public var ender: Role?
  /// How it ended.
  public var manner: Manner
  /// The frame of that last word.
  public var frame: Int?
  /// The frame of the close that followed it, if another.
  public var closeFrame: Int?

  /// The fatal alert; nil where none could be read.
  public var alert: AlertDescription? {
    if case .alert(let description) = manner { return description }
    return nil
  }

  /// An alert ended it whose content is encrypted.
  public var isEncryptedAlert: Bool { manner == .encryptedAlert }
  /// A close without a word: FIN, RST.
  public var isSilentClose: Bool { manner == .fin || manner == .reset }

  init(_ connection: Connection) {
    let close = connection.firstClose
    let warning: (AlertNote) -> Bool = { note in
      guard let alert = note.alert else { return false }
      return alert.description == .closeNotify || alert.description == .userCanceled
        || alert.description == .noRenegotiation
    }
    // A warning-level unrecognized_name lets the handshake go on (RFC 6066 §3); it is no ending, nor is another alert
    // behind which its sender went on.
    let words = connection.transcript.alerts.filter { note in
      if let alert = note.alert, alert.level == .warning, !connection.isTLS13, alert.description == .unrecognizedName {
        return false
      }
      return !warning(note) && !connection.wasOutlived(note)
    }
    var first = words.first
    if let alert = first, let close, close.frame < alert.frame, close.sender == alert.sender.peer { first = nil }
    if let alert = first {
      ender = alert.sender
      manner = alert.alert.map { .alert($0.description) } ?? .encryptedAlert
      frame = alert.frame
      closeFrame = close.map(\.frame)
    } else if let close {
      ender = close.sender
      manner = close.kind == .fin ? .fin : .reset
      frame = close.frame
      closeFrame = close.frame
    } else if let close = connection.quic?.closes.first {
      ender = close.sender
      manner = .quicClose(close.close)
      frame = close.frame
      closeFrame = close.frame
    } else if connection.transport == .quic, connection.outcome == .failed, connection.hasUnfinishedQUICAnswer,
      let last = connection.network.client.lastData
    {
      // Silence behind Handshake packets: the client closed, and its CONNECTION_CLOSE is among them.
      ender = .client
      manner = .encryptedAlert
      frame = last.frame
      closeFrame = nil
    } else {
      ender = nil
      manner = .silence
      frame = nil
      closeFrame = nil
    }
    // What had not reached the client when it left played no part.
    let unreceived = connection.unreceivedAnswer.map { $0 - 1 } ?? .max
    phase = Self.phase(of: connection, before: min(frame ?? .max, unreceived))
  }

  /// QUIC has no records: packets of each level show how far a side had come (RFC 9001 §4.1.4).
  private static func phase(of quic: QUICFacts, in transcript: Transcript, before frame: Int) -> Phase {
    let answered = transcript.messages.contains {
      $0.sender == .client && $0.frame <= frame && ($0.type == .finished || $0.type == .certificate)
    }
    if answered || quic.client.firstOneRTTFrame.map({ $0 < frame }) == true { return .clientFlight }
    return quic.server.firstHandshakeFrame.map { $0 <= frame } == true ? .serverFlight : .serverHello
  }

  private static func phase(of connection: Connection, before frame: Int) -> Phase {
    if connection.outcome == .established { return .established }
    if !connection.network.isConnected, connection.network.client.payloadBytes == 0 { return .connecting }
    // A hello that was sent into a closed connection changed nothing any more.
    if let first = connection.network.client.firstData, first.frame > frame { return .connected }
    let transcript = connection.transcript
    // A capture may have lost the hello; the answer shows that there was one.
    guard !transcript.clientHellos.isEmpty || !transcript.serverHellos.isEmpty else {
      return connection.network.client.payloadBytes > 0 ? .plaintext : .connected
    }
    guard let hello = connection.serverHello, hello.frame <= frame else { return .clientHello }
    if let quic = connection.quic { return phase(of: quic, in: transcript, before: frame) }
    if connection.isTLS13 {
      if connection.encryptedRecords(from: .client).contains(where: {
        $0.frame < frame && $0.frame > hello.frame
          && !connection.isAlertSized($0)
      }) {
        return .clientFlight
      }
      let flight = connection.encryptedRecords(from: .server).filter { $0.frame <= frame }
      return flight.contains { !connection.isAlertSized($0) } ? .serverFlight : .serverHello
    }
    // The client's key exchange or certificate opens its answer; in an abbreviated handshake its ChangeCipherSpec does.
    let answered = transcript.messages.contains {
      $0.sender == .client && $0.frame <= frame && ($0.type == .clientKeyExchange || $0.type == .certificate)
    }
    if answered || transcript.clientChangeCipherSpec.map({ $0.frame <= frame }) == true { return .clientFlight }
    let isWhole = transcript.messages.contains { $0.type == .serverHelloDone && $0.frame <= frame }
    if isWhole || transcript.serverChangeCipherSpec.map({ $0.frame <= frame }) == true { return .serverFlight }
    return transcript.serverCertificates.map { $0.frame <= frame } == true ? .serverFlight : .serverHello
  }
}
