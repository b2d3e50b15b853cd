import HandshakeModel
import TLSProtocol

extension Ladder {
  /// Records whose content stays hidden, and ChangeCipherSpec, which is no handshake message.
  static func recordSteps(of connection: Connection) -> [LadderStep] {
    let transcript = connection.transcript
    let isTLS13 = Negotiated(transcript).map { $0.version.isTLS13 } ?? false
    var steps: [LadderStep] = []
    // In TLS 1.3 it is there for the sake of middleboxes only (RFC 8446 §D.4).
    if !isTLS13 {
      for (note, sender) in [
        (transcript.clientChangeCipherSpec, Role.client), (transcript.serverChangeCipherSpec, .server),
      ] {
        guard let note else { continue }
        steps.append(
          LadderStep(
            time: note.time, frames: [note.frame], sender: sender, title: "ChangeCipherSpec", tone: .quiet, rank: 1))
      }
    }
    for run in runs(of: hiddenRecords(of: transcript), isTLS13: isTLS13) { steps.append(run) }
    return steps
  }

  /// Encrypted records, without those that already stand in the story as a message or an alert.
  private static func hiddenRecords(of transcript: Transcript) -> [ObservedRecord] {
    let alerts = Set(transcript.alerts.filter(\.isEncrypted).map { [$0.frame, $0.recordLength] })
    return transcript.records.filter { observed in
      guard observed.record.isEncrypted else { return false }
      if let inner = observed.record.innerContentType { return inner == .applicationData }
      return !alerts.contains([observed.frame, observed.record.length])
    }
  }

  /// Consecutive records of one side and kind as one step.
  private static func runs(of records: [ObservedRecord], isTLS13: Bool) -> [LadderStep] {
    var steps: [LadderStep] = []
    var counts: [(records: Int, bytes: UInt64)] = []
    for observed in records {
      let title = title(of: observed.record, isTLS13: isTLS13)
      let length = UInt64(clamping: observed.record.length)
      if let last = steps.last, last.sender == observed.sender, last.title == title {
        steps[steps.count - 1].frames.append(observed.frame)
        counts[counts.count - 1].records += 1
        counts[counts.count - 1].bytes += length
      } else {
        steps.append(
          LadderStep(
            time: observed.time, frames: [observed.frame], sender: observed.sender, title: title, tone: .quiet,
            rank: 2))
        counts.append((1, length))
      }
    }
    for (index, count) in counts.enumerated() {
      let bytes = Measures.bytes(count.bytes)
      let text = count.records == 1 ? bytes : "\(Measures.count(count.records, "record")), \(bytes)"
      steps[index].details = [LadderStep.Detail(text, comparing: "")]
    }
    return steps
  }

  private static func title(of record: RecordNote, isTLS13: Bool) -> String {
    switch record.innerContentType ?? record.contentType {
    case .handshake: return "Finished (encrypted)"
    case .applicationData: return isTLS13 && record.innerContentType == nil ? "encrypted data" : "application data"
    default: return "encrypted \(record.contentType.name)"
    }
  }
}
