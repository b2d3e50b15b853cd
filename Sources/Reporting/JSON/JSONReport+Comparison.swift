import Diagnosis
import HandshakeModel
import NetworkValues

extension JSONReport {
  mutating func write(
    _ comparison: Comparison, working: CaptureStory, failing: CaptureStory, workingCauses: [Cause],
    failingCauses: [Cause], to writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("schema", Self.comparisonSchema)
    write("working", comparison.workingSide.connection, causes: workingCauses, capture: working.name, to: &writer)
    write("failing", comparison.failingSide.connection, causes: failingCauses, capture: failing.name, to: &writer)
    writer.array("causes") { writer in for cause in comparison.causes { writer.cause(cause) } }
    writer.array("observations") { writer in
      for item in comparison.observations { writer.observation(item.kind, item.capture, item.frames, item.text) }
    }
    writer.array("excluded") { writer in for exclusion in comparison.excluded { writer.exclusion(exclusion) } }
    writer.object("divergence", for: comparison.divergence) { writer, divergence in
      writer.member("stage", divergence.stage.rawValue)
      writer.member("summary", divergence.summary)
      writer.object("frames") { writer in
        writer.member("working", divergence.workingFrames)
        writer.member("failing", divergence.failingFrames)
      }
    }
    writer.array("differences") { writer in
      for difference in comparison.differences { writer.difference(difference) }
    }
    writer.object("attempts") { writer in
      writer.attempt("working", comparison.working)
      writer.attempt("failing", comparison.failing)
    }
    writer.object("captures") { writer in
      writer.capture("working", working)
      writer.capture("failing", failing)
    }
    writer.member("notes", comparison.notes)
    writer.endObject()
  }

  private mutating func write(
    _ name: StaticString, _ connection: Connection?, causes: [Cause], capture: String, to writer: inout JSONWriter
  ) {
    guard let connection else {
      writer.nullMember(name)
      return
    }
    writer.key(name)
    write(connection, causes: causes, capture: capture, to: &writer)
  }
}

extension JSONWriter {
  mutating func cause(_ cause: Cause) {
    object { writer in
      writer.member("code", cause.code.rawValue)
      writer.member("mechanism", cause.mechanism?.description)
      writer.member("title", cause.title)
      writer.member("confidence", cause.confidence.rawValue)
      writer.array("evidence") { writer in
        for item in cause.evidence {
          writer.object { writer in
            writer.member("capture", item.capture.rawValue)
            writer.member("frames", item.frames)
            writer.member("text", item.text)
          }
        }
      }
      writer.advice(cause)
    }
  }

  /// A cause's remedies and next steps.
  mutating func advice(_ cause: Cause) {
    array("remedies") { writer in
      for remedy in cause.remedies {
        writer.object { writer in
          writer.member("for", remedy.audience)
          writer.member("text", remedy.text)
          if let command = remedy.command { writer.member("command", command) }
        }
      }
    }
    array("next_steps") { writer in
      for step in cause.nextSteps {
        writer.object { writer in
          writer.member("text", step.text)
          if let command = step.command { writer.member("command", command) }
        }
      }
    }
  }

  mutating func observation(_ kind: ObservationKind, _ capture: CaptureRole, _ frames: [Int], _ text: String) {
    object { writer in
      writer.member("kind", kind.rawValue)
      writer.member("capture", capture.rawValue)
      writer.member("frames", frames)
      writer.member("text", text)
    }
  }

  fileprivate mutating func exclusion(_ exclusion: Exclusion) {
    object { writer in
      writer.member("code", exclusion.code.rawValue)
      writer.member("mechanism", exclusion.mechanism?.description)
      writer.member("title", exclusion.title)
      writer.object("frames") { writer in
        writer.member("working", exclusion.workingFrames)
        writer.member("failing", exclusion.failingFrames)
      }
      writer.member("text", exclusion.text)
    }
  }

  fileprivate mutating func difference(_ difference: Difference) {
    object { writer in
      writer.member("field", difference.field)
      writer.member("stage", difference.stage.rawValue)
      writer.member("working", difference.working)
      writer.member("failing", difference.failing)
      writer.member("relevance", difference.relevance.rawValue)
      writer.member("note", difference.note)
    }
  }

  fileprivate mutating func attempt(_ name: StaticString, _ attempt: Attempt?) {
    object(name, for: attempt) { writer, attempt in
      writer.array("connections") { writer in
        for connection in attempt.connections {
          writer.object { writer in
            writer.member("index", connection.index)
            writer.member("outcome", connection.outcome.rawValue)
            writer.member("client", connection.client)
            writer.member("server", connection.server)
            writer.object("frames") { writer in
              writer.member("first", connection.firstFrame)
              writer.member("last", connection.lastFrame)
            }
          }
        }
      }
      writer.array("lookups") { writer in for lookup in attempt.lookups { writer.lookup(lookup) } }
    }
  }

  private mutating func lookup(_ lookup: NameLookup) {
    object { writer in
      writer.member("name", lookup.name)
      writer.member("type", lookup.type)
      writer.member("client", lookup.client.description)
      writer.member("resolver", lookup.resolver.description)
      writer.member("queries", lookup.queries.map(\.frame))
      writer.member("response", lookup.response?.frame)
      writer.member("response_code", lookup.responseCode)
      writer.member("addresses", lookup.addresses.map(\.description))
    }
  }

  fileprivate mutating func capture(_ name: StaticString, _ story: CaptureStory) {
    object(name) { writer in writer.members(of: story) }
  }
}
