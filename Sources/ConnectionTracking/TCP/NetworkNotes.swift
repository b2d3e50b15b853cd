import HandshakeModel

/// What of ``NetworkFacts`` is noted while a connection is followed and belongs to neither end alone.
struct NetworkNotes {
  var syns: [FrameNote] = []
  var synAck: FrameNote?
  var synAckRepetitions: [FrameNote] = []
  var established: FrameNote?
  var resets: [Reset] = []
  var icmpErrors: [ICMPNote] = []
  var isStartMissing = false
  var truncatedFrames = 0
  var copies = 0
  var unbelieved = UnbelievedSegments()

  var isConnected: Bool { synAck != nil || established != nil }
}

extension NetworkFacts {
  /// Takes in what was noted of both ends together.
  mutating func take(_ notes: NetworkNotes) {
    syns = notes.syns
    synAck = notes.synAck
    synAckRepetitions = notes.synAckRepetitions
    established = notes.established
    resets = notes.resets
    icmpErrors = notes.icmpErrors
    isStartMissing = notes.isStartMissing
    truncatedFrames = notes.truncatedFrames
    copies = notes.copies
    unbelieved = notes.unbelieved
  }
}
