import HandshakeModel
import NetworkValues
import TLSProtocol

/// How long silence has to last, in seconds, before it says anything: captures are stopped early, and then an answer that
/// is not there yet looks like one that never comes.
enum Patience {
  /// For an answer to a hello, a request or a lookup.
  static let answer = 1.0
  /// Between SYNs: the first repetition comes a second after the SYN, the next two seconds later (RFC 6298 §2). What is
  /// closer together is one SYN that was captured twice.
  static let repetition = 0.5
  private static let secondRepetition = 2.0

  /// How strongly a silence of so many seconds speaks: through both repetitions, through one, or through none.
  static func grade(_ waited: Double) -> Grade {
    waited >= secondRepetition ? .proof : waited >= repetition ? .strong : .hint
  }
}

extension Connection {
  /// Seconds from some moment to the connection's close or, where it was not closed, for which the capture went on.
  func waited(since time: Timestamp) -> Double {
    firstClose.map { $0.time.seconds(since: time) } ?? ended.seconds(since: time) + network.silence
  }

  /// The client has sent something, and the server has had time to answer, or will not.
  var hasWaitedForAnswer: Bool {
    guard let first = network.client.firstData else { return false }
    return isClosed || waited(since: first.time) >= Patience.answer
  }

  /// Not one byte came from the server, nor does its reset show that it sent any.
  var serverIsSilent: Bool { network.server.isSilent && !network.lacksBytes(from: .server) }

  /// The server said nothing to the ClientHello. Where a proxy or an upgrade command came first, its words before the
  /// hello do not count: what matters is that TLS got no answer.
  var serverIsSilentToHello: Bool {
    let server = network.server
    if serverIsSilent { return true }
    guard preludeToHello != nil, transcript.serverTLSOffset == nil, let hello = transcript.clientHellos.last,
      let last = server.lastData, last.frame < hello.frame
    else { return false }
    return server.waitingBytes == 0 && !server.lacksBytes
  }

  /// What the two sides said before the ClientHello, as the end of a sentence; nil where it came first.
  var preludeToHello: String? {
    guard let offset = transcript.clientTLSOffset, offset > 0, !network.server.isSilent else { return nil }
    // Nobody answers a PROXY header.
    if transcript.plaintext.first(where: { $0.sender == .client })?.kind == .proxyProtocol { return nil }
    switch ProxyAnswer(self) {
    case .granted: return "the proxy had granted the tunnel"
    case .refused: return "the proxy had refused the tunnel"
    case nil: return "the plaintext part had been answered"
    }
  }

  /// The server has begun its first flight, and the packets show that its end is missing. TLS 1.3 encrypts the flight's
  /// messages, so that only a ServerHello without anything behind it shows that.
  var serverFlightIsVisiblyUnfinished: Bool {
    guard transcript.isTLS, !network.server.isSilent, quic == nil, outcome != .established else { return false }
    guard serverHello != nil else { return transcript.serverTLSOffset != nil || serverBeginsRecord }
    if isTLS13 { return encryptedRecords(from: .server).isEmpty }
    return transcript.serverChangeCipherSpec == nil && !transcript.messages.contains { $0.type == .serverHelloDone }
  }

  /// What the server sent was repeated and is not acknowledged: the client never got it.
  var serverRepeatsInVain: Bool {
    network.server.unacknowledgedBytes > 0 && network.server.retransmissionCount > 0
  }

  /// The server's last bytes before `frame`.
  func lastServerData(before frame: Int) -> FrameNote? {
    if let last = network.server.lastData, last.frame < frame { return last }
    if let record = transcript.records.last(where: { $0.sender == .server && $0.frame < frame }) {
      return FrameNote(frame: record.frame, time: record.time)
    }
    return network.server.firstData.flatMap { $0.frame < frame ? $0 : nil }
  }
}
