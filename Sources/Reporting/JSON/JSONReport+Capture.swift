public import HandshakeModel

extension JSONReport {
  /// One capture's counts, on a line of their own.
  public func summary(_ story: CaptureStory) -> String {
    var writer = JSONWriter(reservingCapacity: 512)
    writer.object { writer in
      writer.member("schema", Self.captureSchema)
      writer.members(of: story)
      let counts = story.statistics
      writer.member("tcp_connections", counts.tcpConnections)
      writer.member("datagram_flows", counts.datagramFlows)
      writer.member("established", counts.established)
      writer.member("failed", counts.failed)
      writer.member("incomplete", counts.incomplete)
    }
    writer.newline()
    return writer.text
  }
}

extension JSONReport {
  /// Attempts to connect that are counted, on a line of their own.
  public func unanswered(_ attempts: UnansweredAttempts, capture: String?) -> String? {
    var writer = JSONWriter(reservingCapacity: 256)
    writer.object { writer in
      writer.member("schema", "tlswhy.unanswered/1")
      if let capture { writer.member("capture", capture) }
      writer.member("server", attempts.server)
      writer.member("connections", attempts.connections)
      writer.object("frames") { writer in
        writer.member("first", attempts.firstFrame)
        writer.member("last", attempts.lastFrame)
      }
    }
    writer.newline()
    return writer.text
  }
}

extension JSONWriter {
  mutating func members(of story: CaptureStory) {
    let counts = story.statistics
    member("name", story.name)
    member("frames", counts.frames)
    member("bytes", counts.bytes)
    member("connections", max(story.connections.count, counts.established + counts.failed + counts.incomplete))
    member("truncated_frames", counts.truncatedFrames)
    // The commonest first.
    let undecoded = counts.undecoded.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    array("undecoded") { writer in
      for (what, frames) in undecoded {
        writer.object { writer in
          writer.member("what", what)
          writer.member("frames", frames)
        }
      }
    }
    object("dropped") { writer in
      writer.member("stream_bytes", counts.droppedBytes)
      writer.member("connections", counts.droppedConnections)
      writer.member("stories", counts.forgottenConnections)
      writer.member("secrets", counts.droppedSecrets)
      writer.member("lookup_messages", counts.droppedLookups)
      writer.member("text_bytes", counts.droppedTextBytes)
    }
    member("damage", story.damage)
  }
}
