import CertificateCompression
import HandshakeModel
import TLSProtocol

/// Reads what the two sides of one connection say: plaintext where there is any, then TLS, whatever the port.
///
/// Large, and never copied: every packet of a handshake asks it something.
struct StreamAnalyzer {
  private var writer: TranscriptBuilder
  var transcript: Transcript { writer.transcript }

  /// The transcript, moved out.
  mutating func takeTranscript() -> Transcript {
    var taken = Transcript()
    swap(&taken, &writer.transcript)
    return taken
  }

  private enum Mode {
    /// Too few bytes to tell.
    case undecided
    /// Not TLS so far; TLS may begin with a later segment (STARTTLS, PROXY protocol, CONNECT).
    case plaintext
    case tls
    /// Given up: long plaintext.
    case ignored
  }

  private struct Side {
    var mode = Mode.undecided
    /// Bytes that wait until there are enough of them to tell TLS from plaintext.
    var pending: [UInt8] = []
    var plaintextBytes = 0
    /// Where its last bytes came.
    var last: FrameNote?
  }

  private var client = Side()
  private var server = Side()
  private var conversation = OutOfLine<TLSConversation>()
  private let keys: CaptureSecrets
  private var now: FrameNote { writer.now }

  /// TLS does not begin behind this much plaintext.
  private static let plaintextLimit = 64 * 1024
  private static let plaintextNoteLimit = 24

  init(keys: CaptureSecrets, certificates: CertificateInterner) {
    self.keys = keys
    writer = TranscriptBuilder(certificates: certificates)
  }

  /// TLS was recognised, from either side.
  var isTLS: Bool { writer.transcript.isTLS }

  /// Bytes that are kept of what was delivered: in messages that are told, and in what has not come to its end.
  ///
  /// Mutating, like what it asks, so that the conversation is looked at in place: a copy would retain all that it holds.
  mutating func heldBytes() -> Int {
    writer.keptBytes &+ client.pending.count &+ server.pending.count
      &+ (conversation.change { Self.conversationSize &+ $0.countBufferedBytes() } ?? 0)
  }

  /// Bytes that reading TLS takes besides: the readers of both sides, and the lists that every handshake fills.
  private static let conversationSize = 2048

  /// Nothing of interest can follow: long plaintext in both directions, or both sent `enough` records, so many that the
  /// handshake's outcome shows.
  func isDone(after enough: Int) -> Bool {
    if client.mode == .ignored, server.mode == .ignored { return true }
    guard writer.transcript.isTLS else { return false }
    let fromClient = writer.transcript.clientRecordCount
    let fromServer = writer.transcript.serverRecordCount
    return fromClient >= enough && fromServer >= enough || fromClient + fromServer >= 8 * enough
  }

  mutating func deliver(_ bytes: RawSpan, from sender: Role, at moment: FrameNote) {
    writer.now = moment
    if sender == .client { client.last = moment } else { server.last = moment }
    switch mode(of: sender) {
    case .tls: converse(bytes, from: sender)
    case .ignored: break
    case .undecided, .plaintext: decide(bytes, from: sender)
    }
  }

  mutating func skip(_ count: Int, from sender: Role) {
    if mode(of: sender) == .tls {
      conversation.change { $0.skip(count, from: sender) }
      // A record that ends in the gap was sent with what was seen of it, not with what comes behind the gap.
      let moment = now
      writer.now = (sender == .client ? client.last : server.last) ?? moment
      converse(RawSpan(), from: sender)
      writer.now = moment
    } else {
      withSide(sender) { $0.pending = [] }
    }
  }

  /// Notes what never became long enough to be told.
  mutating func finish() {
    for sender in Role.allCases {
      let pending = sender == .client ? client.pending : server.pending
      if !pending.isEmpty { notePlaintext(pending, from: sender) }
    }
    writer.noteDecryption(keys.keyLog)
  }

  /// Nothing more will be read.
  mutating func settle() { conversation.value = nil }

  /// Lets go of everything: the story was told, and what follows is not read.
  mutating func forget() {
    writer.forget()
    conversation.value = nil
    client = Side(mode: .ignored)
    server = Side(mode: .ignored)
  }

  private func mode(of sender: Role) -> Mode { sender == .client ? client.mode : server.mode }

  private mutating func withSide(_ sender: Role, _ change: (inout Side) -> Void) {
    if sender == .client { change(&client) } else { change(&server) }
  }

  // MARK: Telling TLS from plaintext

  private mutating func decide(_ bytes: RawSpan, from sender: Role) {
    var buffer = sender == .client ? client.pending : server.pending
    if buffer.isEmpty, TLSConversation.looksLikeTLS(bytes, from: sender) == true {
      return startTLS(from: sender, with: bytes)
    }
    if sender == .server { bytes.append(to: &writer.transcript.serverPrefix, upTo: Transcript.prefixLimit) }
    buffer.append(contentsOf: bytes.prefixBytes(Self.plaintextLimit))
    while true {
      let verdict = buffer.withRawSpan { TLSConversation.looksLikeTLS($0, from: sender) }
      if verdict == true {
        withSide(sender) { $0.pending = [] }
        return buffer.withRawSpan { startTLS(from: sender, with: $0) }
      }
      if verdict == nil, buffer.count < 64 {
        return withSide(sender) { $0.pending = buffer }
      }
      if let length = plaintextLengthBeforeTLS(buffer, from: sender), length > 0, length < buffer.count {
        notePlaintext(Array(buffer[..<length]), from: sender)
        buffer.removeFirst(length)
        withSide(sender) { $0.plaintextBytes += length }
        continue
      }
      break
    }
    notePlaintext(buffer, from: sender)
    withSide(sender) {
      $0.pending = []
      $0.plaintextBytes += buffer.count
      $0.mode = $0.plaintextBytes > Self.plaintextLimit ? .ignored : .plaintext
    }
  }

  /// Where TLS begins inside a segment that opens with plaintext: behind a PROXY header, or at the first place where a
  /// hello's nested lengths agree.
  private func plaintextLengthBeforeTLS(_ bytes: [UInt8], from sender: Role) -> Int? {
    if sender == .client, let length = PlaintextRecognizer.proxyHeaderLength(bytes) { return length }
    let hello: UInt8 = sender == .client ? 1 : 2
    guard bytes.count >= 12 else { return nil }
    for at in 1..<(min(bytes.count, 4096) - 9)
    where bytes[at] == 22 && bytes[at + 1] == 3 && bytes[at + 2] <= 4 && bytes[at + 5] == hello {
      let record = Int(bytes[at + 3]) << 8 | Int(bytes[at + 4])
      let message = Int(bytes[at + 6]) << 16 | Int(bytes[at + 7]) << 8 | Int(bytes[at + 8])
      // A server's hello may share its record with what follows; a client's fills its own, or spreads over several.
      if bytes[at + 9] == 3, message >= 38, sender == .client ? message + 4 >= record : message + 4 <= record {
        return at
      }
    }
    return nil
  }

  private mutating func startTLS(from sender: Role, with bytes: RawSpan) {
    writer.transcript.isTLS = true
    if sender == .client {
      writer.transcript.clientTLSOffset = client.plaintextBytes
    } else {
      writer.transcript.serverTLSOffset = server.plaintextBytes
    }
    withSide(sender) { $0.mode = .tls }
    if conversation.isEmpty {
      writer.expectHandshake()
      conversation.put(
        TLSConversation(
          keyLog: keys.keyLog, memory: keys.hellos, certificateDecompressor: CertificateUnpacker()))
    }
    converse(bytes, from: sender)
  }

  private mutating func notePlaintext(_ bytes: [UInt8], from sender: Role) {
    guard writer.transcript.plaintext.count < Self.plaintextNoteLimit else { return }
    writer.transcript.plaintext.append(
      PlaintextNote(
        frame: now.frame, time: now.time, sender: sender, kind: PlaintextRecognizer.kind(of: bytes, from: sender),
        excerpt: PlaintextRecognizer.excerpt(bytes)))
  }

  // MARK: Noting what TLS shows

  private mutating func converse(_ bytes: RawSpan, from sender: Role) {
    Self.converse(bytes, from: sender, in: &conversation, to: &writer)
  }

  /// Both are changed in place: taking the conversation out for the call would copy all its state for each packet.
  private static func converse(
    _ bytes: RawSpan, from sender: Role, in conversation: inout OutOfLine<TLSConversation>,
    to writer: inout TranscriptBuilder
  ) {
    conversation.change {
      $0.receive(bytes, from: sender, frame: writer.now.frame) { event in writer.note(event) }
    }
  }
}
