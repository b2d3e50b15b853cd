import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol

extension TCPConnectionFollower {
  /// Writes the finished story into a connection of which nothing is known. The recorder is used up.
  ///
  /// In place: a connection is large, and one that is returned is copied on its way.
  mutating func finish(into connection: inout Connection, now: Timestamp) {
    readToTheEnd()
    connection.network.take(network)
    tell(&connection)
    connection.network.silence = NetworkFacts.silence(from: lastTime, to: now)
    connection.transcript = interpreter.takeTranscript()
  }

  /// The finished story of a connection that nobody waits for any longer.
  ///
  /// - Parameter timeout: the moment at which waiting for the handshake to go on was given up.
  mutating func finish(timeout: Timestamp) -> Connection {
    var connection = finished()
    connection.decideOutcome()
    // Who has nothing to say after the handshake is silent too.
    let mayBeComplete =
      connection.unansweredFinished != nil && !connection.isClosed && connection.network.client.unacknowledgedBytes == 0
      && connection.transcript.alerts.isEmpty
    if connection.outcome == .incomplete, !connection.network.isStartMissing, !mayBeComplete {
      connection.ended = timeout
      connection.outcome = .failed
    }
    return connection
  }

  private mutating func readToTheEnd() {
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
  }

  private mutating func finished() -> Connection {
    readToTheEnd()
    return story(with: interpreter.takeTranscript())
  }

  /// The story so far.
  private mutating func story(with transcript: consuming Transcript) -> Connection {
    var connection = Connection.unknown
    connection.network.take(network)
    tell(&connection)
    connection.transcript = transcript
    return connection
  }

  /// Tells all but what was said; the network's notes are in the connection already.
  private mutating func tell(_ connection: inout Connection) {
    if clientDirection == nil { decideRoles(client: directionFromHigherPort, by: .port) }
    let clientIsForward = clientDirection == .forward
    connection.index = index
    connection.transport = .tcp
    connection.client = clientIsForward ? key.low : key.high
    connection.server = clientIsForward ? key.high : key.low
    connection.roleBasis = roleBasis
    (connection.firstFrame, connection.started) = (firstFrame, firstTime)
    // A frame may have a wrong time; nothing ends before it begins.
    (connection.lastFrame, connection.ended) = (lastFrame, max(firstTime, lastTime))
    if connection.network.syns.isEmpty && connection.network.synAck == nil { connection.network.isStartMissing = true }
    connection.network.client = clientIsForward ? forward.finishedFacts() : reverse.finishedFacts()
    connection.network.server = clientIsForward ? reverse.finishedFacts() : forward.finishedFacts()
    connection.network.clientFin = clientIsForward ? forward.fin : reverse.fin
    connection.network.serverFin = clientIsForward ? reverse.fin : forward.fin
    if !clientIsForward { Self.turn(&connection.network) }
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
    if !network.isConnected, let first = network.syns.first {
      return now.seconds(since: first.time) >= timing.connecting ? tell(timeout: now) : nil
    }
    guard interpreter.isTLS else { return nil }
    if judged != lastTime {
      judged = lastTime
      var story = story(with: interpreter.transcript)
      story.decideOutcome()
      if isSettled || story.outcome == .established || !story.fatalAlerts.isEmpty { return tell() }
    }
    return quiet >= timing.answering && !network.isStartMissing ? tell(timeout: now) : nil
  }

  /// Whether time alone may bring the story to its point.
  var awaitsTime: Bool {
    if isTold { return false }
    if isClosing || !network.isConnected && !network.syns.isEmpty { return true }
    return interpreter.isTLS && !network.isStartMissing
  }

  /// Somebody has ended the connection, or it is reported not to come about.
  var isClosing: Bool {
    closed != nil || forward.fin != nil || reverse.fin != nil || !network.isConnected && !network.icmpErrors.isEmpty
  }

  func isIn(_ scope: LookScope) -> Bool {
    switch scope {
    case .closed: closed != nil
    case .closing: isClosing
    case .all: true
    }
  }

  /// Long enough for an answer that is on its way to arrive.
  private func patience(_ timing: LiveTiming) -> Double {
    guard let syn = network.syns.last, let answer = network.synAck else { return timing.quiet }
    return min(max(timing.quiet, 3 * answer.time.seconds(since: syn.time)), timing.longestQuiet)
  }

  private mutating func tell(timeout: Timestamp? = nil) -> Connection {
    let connection: Connection
    if let timeout {
      connection = finish(timeout: timeout)
    } else {
      var whole = finished()
      whole.decideOutcome()
      connection = whole
    }
    isTold = true
    settle()
    interpreter.forget()
    return connection
  }
}
