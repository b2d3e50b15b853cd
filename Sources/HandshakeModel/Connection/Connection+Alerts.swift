import TLSProtocol

extension Connection {
  /// A fatal alert in the clear or decrypted; close_notify and warnings are none.
  public var fatalAlerts: [AlertNote] {
    transcript.alerts.filter { note in
      guard let alert = note.alert else { return false }
      return alert.description != .closeNotify && alert.description != .userCanceled
        && (alert.level == .fatal || isTLS13 || alert.description == .noCertificate) && !wasOutlived(note)
    }
  }

  /// The sender of an alert went on with the handshake: it was a warning (RFC 5246 §7.2, RFC 6066 §3), and decided
  /// nothing. A fatal alert is its sender's last word.
  public func wasOutlived(_ note: AlertNote) -> Bool {
    guard let alert = note.alert, alert.level == .warning, !isTLS13, alert.description != .closeNotify else {
      return false
    }
    let own = transcript.records.filter { $0.sender == note.sender }
    // The alert's own record, as several may share a frame; a transcript that has none is read by frames.
    let place = own.firstIndex { $0.frame == note.frame && $0.record.contentType == .alert }
    let behind = place.map { own[($0 + 1)...] } ?? own.drop { $0.frame <= note.frame }
    return behind.contains { $0.record.contentType == .handshake || $0.record.contentType == .changeCipherSpec }
  }
}
