import NetworkValues
import TLSProtocol

/// What the client had not received when it left. Browsers open more connections than they need and close the spare ones:
/// who leaves before a message has reached it did not judge that message, whatever the capture shows of it.
extension Connection {
  /// The first frame of the server's answer that had not reached the client when that closed the connection without a
  /// word; nil where the client had received what it takes to object to something, or said something itself.
  public var unreceivedAnswer: Int? {
    guard transport == .tcp, let frame = network.server.unreceivedFrom, let close = firstClose, close.sender == .client,
      let hello = transcript.clientHellos.first, hello.frame < close.frame, !hasAnsweredServer,
      !transcript.alerts.contains(where: { $0.frame < min(frame, close.frame) || $0.sender == .client })
    else { return nil }
    return receivedSomethingToJudge(before: frame) ? nil : frame
  }

  /// The client closed the connection without having used it, and nothing shows that anything displeased it: it never
  /// said a word, or left at once after its ClientHello and before the answer had reached it.
  public var isWithdrawn: Bool {
    guard transport == .tcp, network.isConnected, !network.isStartMissing, !network.isOneSided, !network.lacksBytes,
      let close = firstClose
    else { return false }
    if isUnused { return close.sender == .client || secondsUnused(until: close.time) >= Self.patience }
    guard close.sender == .client, let hello = transcript.clientHellos.last, hello.frame < close.frame,
      close.time.seconds(since: hello.time) < Self.patience
    else { return false }
    return unreceivedAnswer != nil
  }

  /// TCP was connected, and neither side ever sent a byte.
  public var isUnused: Bool {
    transport == .tcp && network.isConnected && network.client.isSilent && network.server.isSilent
  }

  /// Who gives up an answer waits for it longer, and who speaks TLS has sent its hello by then.
  private static let patience = 1.0

  private func secondsUnused(until time: Timestamp) -> Double {
    (network.established ?? network.synAck).map { time.seconds(since: $0.time) } ?? 0
  }

  /// The client has gone beyond the server's flight.
  private var hasAnsweredServer: Bool {
    transcript.clientChangeCipherSpec != nil || clientFinishedRecord != nil
      || transcript.messages.contains { $0.sender == .client && $0.type != .clientHello }
  }

  /// The server's certificate, or the end of its flight, came before `frame`.
  private func receivedSomethingToJudge(before frame: Int) -> Bool {
    guard let answer = serverHello, answer.frame < frame else { return false }
    if let certificates = transcript.serverCertificates { return certificates.frame < frame }
    guard answer.value.version.isTLS13 else {
      return transcript.serverChangeCipherSpec.map { $0.frame < frame } ?? false
    }
    // The flight is encrypted, and may be complete only with its last record.
    let last = transcript.records.last { $0.sender == .server && $0.record.isEncrypted }
    return last.map { $0.frame < frame } ?? false
  }
}
