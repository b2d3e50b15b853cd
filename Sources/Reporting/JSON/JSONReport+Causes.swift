import Diagnosis

/// What a completed handshake's cause says, but for its frames.
struct SuccessKey: Hashable, Sendable {
  let title: String
  let text: String
}

/// A cause's JSON before and behind the list of its evidence's frames.
struct SuccessFragments: Sendable {
  var before: [UInt8]
  var behind: [UInt8]
}

extension JSONReport {
  mutating func write(_ causes: [Cause], to writer: inout JSONWriter) {
    writer.beginArray("causes")
    if causes.count == 1, let cause = causes.first, cause.code == .none, cause.evidence.count == 1,
      let evidence = cause.evidence.first
    {
      let fragments = fragments(of: cause, evidence)
      writer.fragment(fragments.before)
      writer.list(evidence.frames)
      writer.continuation(fragments.behind)
    } else {
      for cause in causes { writer.cause(cause) }
    }
    writer.endArray()
  }

  /// Most causes of a long capture are the same success with other frames: it is written once and cut at its frames.
  private mutating func fragments(of cause: Cause, _ evidence: Evidence) -> SuccessFragments {
    let key = SuccessKey(title: cause.title, text: evidence.text)
    if let known = successFragments[key] { return known }
    var bare = cause
    bare.evidence[0].frames = []
    var writer = JSONWriter()
    writer.cause(bare)
    let mark = Array(#""frames":[]"#.utf8)
    let cut = writer.bytes.indices.first { writer.bytes[$0...].starts(with: mark) } ?? 0
    let fragments = SuccessFragments(
      before: Array(writer.bytes[..<(cut + mark.count - 2)]), behind: Array(writer.bytes[(cut + mark.count)...]))
    if successFragments.count >= 512 { successFragments.removeAll(keepingCapacity: true) }
    successFragments[key] = fragments
    return fragments
  }
}
