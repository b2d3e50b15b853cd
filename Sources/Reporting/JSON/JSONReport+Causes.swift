import Diagnosis
import HandshakeModel

/// What was written of completed handshakes before: most causes of a long capture are the same success with other
/// frames.
struct SuccessCache: Sendable {
  /// What a completed handshake's cause says, but for its frames.
  private struct Key: Hashable {
    let title: String
    let text: String
  }

  /// A cause's JSON around the list of its evidence's frames, and all of it where that list has one.
  struct Fragments: Sendable {
    var before: [UInt8]
    var behind: [UInt8]
    var withOneFrame: JSONTemplate<1>

    init(before: [UInt8], behind: [UInt8]) {
      (self.before, self.behind) = (before, behind)
      withOneFrame = JSONTemplate([before + Array("[".utf8)], Array("]".utf8) + behind)
    }
  }

  private var known = BoundedCache<Key, Fragments>()

  /// The fragments of a cause with one evidence: it is written once and cut at its frames.
  mutating func fragments(of cause: Cause, _ evidence: Evidence) -> Fragments {
    known.value(for: Key(title: cause.title, text: evidence.text)) { Self.cut(cause) }
  }

  private static func cut(_ cause: Cause) -> Fragments {
    var bare = cause
    bare.evidence[0].frames = []
    var writer = JSONWriter()
    writer.cause(bare)
    let mark = Array(#""frames":[]"#.utf8)
    let cut = writer.bytes.indices.first { writer.bytes[$0...].starts(with: mark) } ?? 0
    return Fragments(
      before: Array(writer.bytes[..<(cut + mark.count - 2)]), behind: Array(writer.bytes[(cut + mark.count)...]))
  }
}

extension JSONReport {
  mutating func write(_ causes: [Cause], to writer: inout JSONWriter) {
    writer.beginArray("causes")
    if causes.count == 1, let cause = causes.first, cause.code == .none, cause.evidence.count == 1,
      let evidence = cause.evidence.first
    {
      let fragments = successFragments.fragments(of: cause, evidence)
      if evidence.frames.count == 1 {
        writer.fill(fragments.withOneFrame, [evidence.frames.first])
      } else {
        writer.fragment(fragments.before)
        writer.list(evidence.frames)
        writer.continuation(fragments.behind)
      }
    } else {
      for cause in causes { writer.cause(cause) }
    }
    writer.endArray()
    writer.observations(of: causes)
  }
}

extension JSONWriter {
  /// What the causes rest on, each once, whichever of them is right.
  fileprivate mutating func observations(of causes: [Cause]) {
    array("observations") { writer in
      var known: Set<Evidence> = []
      for item in causes.lazy.flatMap(\.evidence) {
        guard let kind = item.kind, known.insert(item).inserted else { continue }
        writer.observation(kind, item.capture, item.frames, item.text)
      }
    }
  }
}
