import Bytes
import HandshakeModel
import NetworkValues
import TLSProtocol

/// Notes what TLS shows, over TCP, QUIC or DTLS alike.
struct TranscriptBuilder {
  var transcript = Transcript()
  /// The frame being read.
  var now = FrameNote(frame: 0, time: Timestamp(nanoseconds: 0))
  private let certificates: CertificateInterner
  /// Bytes of handshake messages that the transcript may hold.
  private(set) var keptBytes = 0
  private var wasDecrypted = false
  private var didDecryptionFail = false
  /// Each side sent a handshake record under protection: its Finished.
  var didClientFinish = false
  var didServerFinish = false

  init(certificates: CertificateInterner) { self.certificates = certificates }

  /// Makes room for what most handshakes say, so that the lists need not grow step by step.
  mutating func expectHandshake() {
    transcript.messages.reserveCapacity(8)
    transcript.records.reserveCapacity(24)
  }

  /// Lets go of the transcript.
  mutating func forget() {
    transcript = Transcript()
    keptBytes = 0
  }

  /// What came of the key log, once the connection is over.
  mutating func noteDecryption(_ keyLog: KeyLog?) {
    guard let keyLog, let hello = transcript.clientHellos.first?.value else { return }
    transcript.decryption =
      wasDecrypted
      ? .succeeded
      : keyLog.secrets(clientRandom: Array(hello.random)) == nil ? .noSecrets : didDecryptionFail ? .failed : .none
  }

  mutating func note(_ event: TLSEvent) {
    switch event.kind {
    case .record(let record): noteRecord(record, event)
    case .handshake(let message): noteMessage(message, event)
    case .alert(let alert, let isDecrypted): noteAlert(alert, isDecrypted: isDecrypted, event)
    case .notTLS:
      if transcript.notTLS.count < 4 {
        transcript.notTLS.append(Observed(event.sender, frame: event.frame, time: now.time))
      }
    case .decryptionFailed: didDecryptionFail = true
    }
  }

  private mutating func noteRecord(_ record: RecordNote, _ event: TLSEvent) {
    if event.sender == .client { transcript.clientRecordCount += 1 } else { transcript.serverRecordCount += 1 }
    if transcript.records.count < Transcript.recordLimit {
      transcript.records.append(
        ObservedRecord(frame: event.frame, time: now.time, sender: event.sender, record: record))
    }
    noteRareFeatures(of: record, event)
    if record.contentType == .changeCipherSpec {
      let moment = FrameNote(frame: event.frame, time: now.time)
      if event.sender == .client {
        transcript.clientChangeCipherSpec = transcript.clientChangeCipherSpec ?? moment
      } else {
        transcript.serverChangeCipherSpec = transcript.serverChangeCipherSpec ?? moment
      }
    }
    // Before TLS 1.3 the record's type stands in the clear. Keys that open it make a note of their own.
    if record.contentType == .alert, record.isEncrypted, record.innerContentType == nil,
      transcript.alerts.count < Transcript.alertLimit
    {
      transcript.alerts.append(
        AlertNote(
          frame: event.frame, time: now.time, sender: event.sender, alert: nil, isEncrypted: true,
          recordLength: record.length))
    }
  }

  private mutating func noteAlert(_ alert: Alert, isDecrypted: Bool, _ event: TLSEvent) {
    guard transcript.alerts.count < Transcript.alertLimit else { return }
    wasDecrypted = wasDecrypted || isDecrypted
    transcript.alerts.append(
      AlertNote(
        frame: event.frame, time: now.time, sender: event.sender, alert: alert, isEncrypted: isDecrypted,
        recordLength: transcript.records.last?.record.length ?? 2))
  }

  private mutating func noteMessage(_ message: HandshakeMessage, _ event: TLSEvent) {
    wasDecrypted = wasDecrypted || message.isDecrypted
    if transcript.messages.count < Transcript.messageLimit {
      transcript.messages.append(
        MessageNote(
          frame: event.frame, time: now.time, sender: event.sender, type: message.type, length: message.length,
          isDecrypted: message.isDecrypted))
    }
    if case .other = message.body {} else { keptBytes &+= message.length }
    let isClient = event.sender == .client
    switch message.body {
    // Stored first and looked at where they are stored: a hello is copied once.
    case .clientHello(let hello):
      guard transcript.clientHellos.count < 4 else { return noteStructure(hello.structureError, message, event) }
      transcript.clientHellos.append(observed(hello, event))
      noteStructure(transcript.clientHellos[transcript.clientHellos.count - 1].value.structureError, message, event)
    case .serverHello(let hello):
      guard transcript.serverHellos.count < 4 else { return noteServerHello(hello, message, event) }
      transcript.serverHellos.append(observed(hello, event))
      noteServerHello(transcript.serverHellos[transcript.serverHellos.count - 1].value, message, event)
    case .encryptedExtensions(let value): transcript.encryptedExtensions = observed(value, event)
    case .certificate(let value):
      noteRareFeatures(of: value, isClient: isClient)
      // A raw key is no chain, and no empty one either.
      guard value.rawPublicKey == nil else { break }
      let chain = observed(value.certificates.prefix(32).map(certificates.certificate), event)
      if isClient {
        transcript.clientCertificates = transcript.clientCertificates ?? chain
      } else {
        transcript.serverCertificates = transcript.serverCertificates ?? chain
      }
      if !isClient, let response = value.ocspResponse { transcript.stapledOCSPResponse = observed(response, event) }
    case .certificateRequest(let value): transcript.certificateRequest = observed(value, event)
    case .serverKeyExchange(var value):
      value.signatureAllowance = certificates.allowanceForKeyExchange()
      transcript.serverKeyExchange = observed(value, event)
    case .certificateVerify(let value):
      if isClient {
        transcript.clientCertificateVerify = observed(value, event)
      } else {
        transcript.serverCertificateVerify = observed(value, event)
      }
    case .certificateStatus(let value): transcript.stapledOCSPResponse = observed(value.ocspResponse, event)
    case .newSessionTicket: transcript.newSessionTickets += 1
    case .malformed(let error):
      if transcript.malformed.count < 8 {
        transcript.malformed.append(
          MalformedNote(frame: event.frame, sender: event.sender, text: "\(message.type): \(error)"))
      }
    case .clientKeyExchange, .other: break
    }
  }

  private mutating func noteServerHello(_ hello: ServerHello, _ message: HandshakeMessage, _ event: TLSEvent) {
    noteStructure(hello.structureError, message, event)
    if hello.has(.signedCertificateTimestamp) { noteTimestamps(in: hello.extensions) }
  }

  /// A hello whose fields are sound but whose frame is not, as with bytes left over.
  private mutating func noteStructure(_ error: ParseError?, _ message: HandshakeMessage, _ event: TLSEvent) {
    guard let error, transcript.malformed.count < 8 else { return }
    transcript.malformed.append(
      MalformedNote(frame: event.frame, sender: event.sender, text: "\(message.type): \(error)"))
  }

  private func observed<Value>(_ value: consuming Value, _ event: TLSEvent) -> Observed<Value> {
    Observed(value, frame: event.frame, time: now.time)
  }
}
