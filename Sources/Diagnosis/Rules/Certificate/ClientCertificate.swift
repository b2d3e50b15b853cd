import HandshakeModel
import NetworkProtocols
import PacketCapture
import TLSProtocol

extension Rule {
  /// The server asked for a client certificate and got none, or got one that it refuses.
  static let clientCertificate = Rule(.certClientRequired, .certClientRejected, .tlsDecrypt) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, connection.serverHello != nil else {
      return []
    }
    if let alert = ending.alert, alert == .certificateRequired, let frame = ending.frame {
      return [
        Finding(
          .certClientRequired, 97, "The server requires a client certificate, and the client sent none",
          evidence: [inquiry.evidence([frame], "server alert certificate_required (116)")]
            + requestEvidence(connection, inquiry))
      ]
    }
    if connection.transcript.certificateRequest != nil || connection.transcript.clientCertificates != nil {
      return visible(connection, ending, inquiry)
    }
    return connection.isTLS13 ? hidden(connection, ending, inquiry) : []
  }

  private static func requestEvidence(_ connection: Connection, _ inquiry: Inquiry) -> [Evidence] {
    var evidence: [Evidence] = []
    if let request = connection.transcript.certificateRequest {
      evidence.append(inquiry.evidence([request.frame], "the server sends a CertificateRequest"))
    }
    if let certificates = connection.transcript.clientCertificates, certificates.value.isEmpty {
      evidence.append(inquiry.evidence([certificates.frame], "the client answers with an empty Certificate message"))
    }
    return evidence
  }

  /// TLS 1.2, or TLS 1.3 with keys: request and answer can be read.
  private static func visible(_ connection: Connection, _ ending: Ending, _ inquiry: Inquiry) -> [Finding] {
    guard ending.ender == .server, let frame = ending.frame, ending.phase >= .serverFlight else {
      return desertion(connection, ending, inquiry)
    }
    let how =
      ending.alert.map { "server alert \($0.name) (\($0.rawValue))" } ?? "the server closes without a readable alert"
    let last = inquiry.evidence([frame], how)
    guard let sent = connection.transcript.clientCertificates else {
      guard connection.transcript.certificateRequest != nil, !connection.network.lacksBytes(from: .client) else {
        return []
      }
      return [
        Finding(
          .certClientRequired, 76, "The server asked for a client certificate, and none came",
          evidence: requestEvidence(connection, inquiry) + [last])
      ]
    }
    guard let leaf = sent.value.first else {
      return [
        Finding(
          .certClientRequired, ending.alert == .decryptError || ending.alert == .badRecordMAC ? 60 : 95,
          "The server requires a client certificate, and the client has none that fits",
          evidence: requestEvidence(connection, inquiry) + [last] + authorityEvidence(connection, inquiry))
      ]
    }
    if let alert = ending.alert, !alert.mayConcernCertificate { return [] }
    let expired = leaf.facts.notAfter.map { $0 < sent.time.nanoseconds / 1_000_000_000 } ?? false
    return [
      Finding(
        .certClientRejected, ending.alert?.concernsCertificate == true ? 95 : ending.alert == .decryptError ? 74 : 84,
        "The server refuses the client's certificate \(Escaped.text(leaf.facts.subject))"
          + (expired ? ", which has expired" : ""),
        evidence: [
          inquiry.evidence(
            [sent.frame],
            "the client sends the certificate \(Escaped.text(leaf.facts.subject)), issued by \(Escaped.text(leaf.facts.issuer))"
          ), last,
        ]
          + authorityEvidence(connection, inquiry))
    ]
  }

  private static func authorityEvidence(_ connection: Connection, _ inquiry: Inquiry) -> [Evidence] {
    guard let request = connection.transcript.certificateRequest, !request.value.authorities.isEmpty else { return [] }
    let names = request.value.authorities.prefix(4).map { DistinguishedNames.text(der: $0) }
    return [inquiry.evidence([request.frame], "the server accepts certificates issued by \(Escaped.list(names))")]
  }

  /// The client itself walks away from a CertificateRequest.
  private static func desertion(_ connection: Connection, _ ending: Ending, _ inquiry: Inquiry) -> [Finding] {
    guard ending.ender == .client, ending.alert == nil || ending.alert?.concernsCertificate == false,
      let request = connection.transcript.certificateRequest, connection.transcript.clientCertificates == nil,
      let frame = ending.frame
    else { return [] }
    return [
      Finding(
        .certClientRequired, 46, "The server asks for a client certificate, and the client gives up",
        evidence: [
          inquiry.evidence([request.frame], "the server sends a CertificateRequest"),
          inquiry.evidence([frame], "the client gives up"),
        ])
    ]
  }

  /// TLS 1.3 without keys: the server gives up on the client's flight, and the flight's size tells whether a certificate
  /// was in it.
  private static func hidden(_ connection: Connection, _ ending: Ending, _ inquiry: Inquiry) -> [Finding] {
    guard ending.ender == .server, ending.phase == .clientFlight, let frame = ending.frame,
      !connection.network.lacksBytes(from: .client)
    else { return [] }
    if let alert = ending.alert, !alert.mayConcernCertificate { return [] }
    let flight = ClientFlight(connection, before: frame)
    let how =
      ending.alert.map { "server alert \($0.name) (\($0.rawValue))" }
      ?? (ending.isEncryptedAlert
        ? "the server answers with one encrypted record of an alert's size and closes"
        : "the server closes without a word")
    let last = inquiry.evidence([frame], how)
    let sizes = inquiry.evidence(
      flight.frames,
      "the client's encrypted flight: records of \(flight.lengths.map(String.init).joined(separator: ", ")) bytes")
    if flight.hasEmptyCertificate {
      return [
        Finding(
          .certClientRequired, 88,
          "The server asked for a client certificate, the client sent an empty one, and the server gave up",
          evidence: [
            sizes,
            inquiry.evidence(flight.frames, "a record of an empty Certificate's size stands before the Finished"), last,
          ])
      ]
    }
    if flight.hasCertificate {
      return [
        Finding(
          .certClientRejected, 82,
          "The server gave up on the client's flight, which holds a certificate: most likely it refuses it",
          evidence: [sizes, last])
      ]
    }
    if flight.isFinishedAlone {
      // A client that is asked for a certificate sends a Certificate message, if an empty one (RFC 8446 §4.4.2): it was
      // not asked. What is left for the server to refuse is the Finished itself, and who refuses that says so.
      guard !ending.isSilentClose else { return [] }
      return [
        Finding(
          .tlsDecrypt, 68,
          "The server gave up on the client's Finished, and no client certificate was asked for: it did not decrypt or verify",
          evidence: [sizes, last])
      ]
    }
    let workingSends = inquiry.working.map { ClientFlight($0, before: .max).hasCertificate } ?? false
    var evidence = [sizes, last]
    if workingSends, let frames = inquiry.working.map({ ClientFlight($0, before: .max).frames }) {
      evidence.append(
        inquiry.workingEvidence(frames, "the working client's flight is large enough to hold a certificate"))
    }
    return [
      Finding(
        .certClientRequired, workingSends ? 86 : 64,
        "The server gave up right after the client's Finished: most likely it wants a client certificate",
        evidence: evidence)
    ]
  }
}

/// The client's encrypted answer to a TLS 1.3 server's flight, seen by its sizes only.
struct ClientFlight {
  let records: [ObservedRecord]

  init(_ connection: Connection, before frame: Int) {
    let answer = connection.serverHello?.frame ?? .max
    let first = connection.encryptedRecords(from: .client).filter { $0.frame > answer && $0.frame <= frame }
    // Up to the Finished: what follows it is data.
    var flight: [ObservedRecord] = []
    for record in first {
      flight.append(record)
      if Self.finishedLengths.contains(record.record.length) { break }
    }
    records = Array(flight.prefix(8))
  }

  var lengths: [Int] { records.map(\.record.length) }
  var frames: [Int] { Array(Set(records.map(\.frame))).sorted() }

  /// Header 4, verify_data 32 or 48, content type 1, tag 16 (RFC 8446 §4.4.4 and §5.2); JSSE pads by 16.
  static let finishedLengths: Set<Int> = [53, 69, 85]
  /// Header 4, context 1, empty list 3, content type 1, tag 16; JSSE pads by 16.
  static let emptyCertificateLengths: Set<Int> = [25, 41]

  /// An empty Certificate in a record of its own, or in one with the Finished.
  var hasEmptyCertificate: Bool {
    guard let first = lengths.first else { return false }
    return Self.emptyCertificateLengths.contains(first) || first == 53 + 8 || first == 69 + 8
  }

  /// A Finished and nothing before it.
  var isFinishedAlone: Bool { lengths.count == 1 && lengths.first.map(Self.finishedLengths.contains) == true }

  /// More than an empty Certificate and a Finished: at least a small certificate with its signature.
  var hasCertificate: Bool {
    guard !hasEmptyCertificate else { return false }
    let handshake = records.prefix { !Self.finishedLengths.contains($0.record.length) }
    return handshake.reduce(0) { $0 + $1.record.length } >= 300 && (handshake.first?.record.length ?? 0) >= 150
  }
}
