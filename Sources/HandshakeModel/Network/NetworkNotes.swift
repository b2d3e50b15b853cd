/// What of ``NetworkFacts`` is noted while a connection is followed and belongs to neither end alone.
package struct NetworkNotes {
  package var syns: [FrameNote] = []
  package var synAck: FrameNote?
  package var synAckRepetitions: [FrameNote] = []
  package var established: FrameNote?
  package var resets: [Reset] = []
  package var icmpErrors: [ICMPNote] = []
  package var isStartMissing = false
  package var truncatedFrames = 0
  package var unbelieved = UnbelievedSegments()

  package init() {}

  package var isConnected: Bool { synAck != nil || established != nil }
}
