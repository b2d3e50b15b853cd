import NetworkProtocols
import PacketCapture
import TLSProtocol

extension ConnectionRecorder {
  /// The finished story. The recorder is used up.
  ///
  /// - Parameter timeout: the moment at which waiting for the handshake to go on was given up.
  mutating func finish(timeout: Timestamp? = nil) -> Connection {
    let end = FrameNote(frame: lastFrame, time: lastTime)
    if !isSettled {
      if forward.reassembler.bufferedBytes > 0, let limit = forward.lostUpTo {
        skipLostBytes(of: .forward, upTo: limit, end)
      }
      if reverse.reassembler.bufferedBytes > 0, let limit = reverse.lostUpTo {
        skipLostBytes(of: .reverse, upTo: limit, end)
      }
    }
    interpreter.finish()
    guard let timeout else { return story(with: interpreter.takeTranscript()) }
    var connection = story(with: interpreter.takeTranscript())
    connection.judge()
    if connection.outcome == .incomplete, !connection.network.isStartMissing {
      connection.ended = timeout
      connection.outcome = .failed
    }
    return connection
  }

  /// The story so far.
  @inline(__always)
  private mutating func story(with transcript: consuming Transcript) -> Connection {
    if clientDirection == nil { decideRoles(client: directionFromHigherPort, by: .port) }
    let clientIsForward = clientDirection == .forward
    // Made in one go: a connection is large, and one that is changed step by step is copied on its way out.
    return Connection(
      index: index, client: clientIsForward ? key.low : key.high, server: clientIsForward ? key.high : key.low,
      roleBasis: roleBasis, first: FrameNote(frame: firstFrame, time: firstTime),
      last: FrameNote(frame: lastFrame, time: lastTime), network: facts(clientIsForward: clientIsForward),
      transcript: transcript)
  }

  @inline(__always)
  private func facts(clientIsForward: Bool) -> NetworkFacts {
    var facts = network
    if network.syns.isEmpty && network.synAck == nil { facts.isStartMissing = true }
    facts.client = clientIsForward ? forward.finishedFacts() : reverse.finishedFacts()
    facts.server = clientIsForward ? reverse.finishedFacts() : forward.finishedFacts()
    facts.clientFin = clientIsForward ? forward.fin : reverse.fin
    facts.serverFin = clientIsForward ? reverse.fin : forward.fin
    if !clientIsForward { Self.turn(&facts) }
    return facts
  }

  /// Notes were made as if the lower end were the client.
  private static func turn(_ network: inout NetworkFacts) {
    for index in network.resets.indices { network.resets[index].sender = network.resets[index].sender.peer }
    for index in network.icmpErrors.indices {
      network.icmpErrors[index].quotedSender = network.icmpErrors[index].quotedSender.peer
    }
  }

  // MARK: Live

  /// The story, where it has come to a point at `now` at which it can be told; nil to wait.
  mutating func tellableStory(now: Timestamp, timing: LiveTiming) -> Connection? {
    looks += 1
    let quiet = now.seconds(since: lastTime)
    if isClosing {
      return quiet >= patience(timing) || looks > 20 ? tell() : nil
    }
    // Busy connections are looked at all the same after a while.
    guard quiet >= patience(timing) || isSettled || looks > 3 else { return nil }
    if network.synAck == nil, let first = network.syns.first {
      return now.seconds(since: first.time) >= timing.connecting ? tell(timeout: now) : nil
    }
    guard interpreter.isTLS else { return nil }
    if judged != lastTime {
      judged = lastTime
      var story = story(with: interpreter.transcript)
      story.judge()
      if isSettled || story.outcome == .established || !story.fatalAlerts.isEmpty { return tell() }
    }
    return quiet >= timing.answering && !network.isStartMissing ? tell(timeout: now) : nil
  }

  /// Whether time alone may bring the story to its point.
  var awaitsTime: Bool {
    if isTold { return false }
    if isClosing || network.synAck == nil && !network.syns.isEmpty { return true }
    return interpreter.isTLS && !network.isStartMissing
  }

  /// Somebody has ended the connection, or it is reported not to come about.
  private var isClosing: Bool {
    closed != nil || forward.fin != nil || reverse.fin != nil || network.synAck == nil && !network.icmpErrors.isEmpty
  }

  /// Long enough for an answer that is on its way to arrive.
  private func patience(_ timing: LiveTiming) -> Double {
    guard let syn = network.syns.last, let answer = network.synAck else { return timing.quiet }
    return min(max(timing.quiet, 3 * answer.time.seconds(since: syn.time)), timing.longestQuiet)
  }

  private mutating func tell(timeout: Timestamp? = nil) -> Connection {
    var connection = finish(timeout: timeout)
    connection.judge()
    isTold = true
    settle()
    interpreter.forget()
    return connection
  }
}
