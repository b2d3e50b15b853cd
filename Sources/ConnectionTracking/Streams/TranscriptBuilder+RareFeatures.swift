import Bytes
import HandshakeModel
import TLSProtocol

extension TranscriptBuilder {
  /// Changes the features; most handshakes have none.
  private mutating func withFeatures(_ change: (inout RareFeatures) -> Void) {
    var features = transcript.rareFeatures ?? RareFeatures()
    change(&features)
    transcript.rareFeatures = features
  }

  /// Notes heartbeats, 0-RTT data, and a handshake inside another one's protection.
  mutating func noteRareFeatures(of record: RecordNote, _ event: TLSEvent) {
    switch record.contentType {
    case .heartbeat:
      withFeatures {
        $0.heartbeatCount += 1
        guard $0.heartbeats.count < RareFeatures.heartbeatLimit else { return }
        $0.heartbeats.append(
          HeartbeatNote(
            frame: event.frame, sender: event.sender, length: record.length, isEncrypted: record.isEncrypted))
      }
    case .applicationData where event.sender == .client:
      guard transcript.serverHellos.isEmpty, transcript.clientHellos.first?.value.has(.earlyData) == true else { break }
      withFeatures { $0.earlyDataRecords += 1 }
    case .handshake where record.isEncrypted:
      // The first one of each side is its Finished.
      if event.sender == .client ? didClientFinish : didServerFinish {
        if transcript.rareFeatures?.renegotiation == nil {
          let note = FrameNote(frame: event.frame, time: now.time)
          withFeatures { $0.renegotiation = note }
        }
      } else if event.sender == .client {
        didClientFinish = true
      } else {
        didServerFinish = true
      }
    default: break
    }
  }

  mutating func noteRareFeatures(of message: CertificateMessage, isClient: Bool) {
    if let compression = message.compression {
      withFeatures {
        if isClient {
          $0.clientCertificateCompression = compression
        } else {
          $0.serverCertificateCompression = compression
        }
      }
    }
    if let key = message.rawPublicKey {
      let facts = CertificateFacts(rawPublicKey: key)
      withFeatures { if isClient { $0.clientRawPublicKey = facts } else { $0.serverRawPublicKey = facts } }
    }
    guard !isClient else { return }
    noteTimestamps(in: message.leafExtensions)
    if let item = message.leafExtensions.first(where: { $0.type == .delegatedCredential }),
      let credential = item.body.withCursor({ try? DelegatedCredential(parsing: &$0) })
    {
      withFeatures { $0.delegatedCredential = credential }
    }
  }

  mutating func noteTimestamps(in extensions: [HelloExtension]) {
    guard let item = extensions.first(where: { $0.type == .signedCertificateTimestamp }) else { return }
    let timestamps = SignedCertificateTimestamp.list(Array(item.body))
    if !timestamps.isEmpty { withFeatures { $0.signedCertificateTimestamps = timestamps } }
  }
}
