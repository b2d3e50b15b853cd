import HandshakeModel
import TLSProtocol

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

extension Connection {
  /// What the client answered when it was asked for a certificate, and where; nil where it was not asked, or nothing
  /// tells.
  var clientCertificateAnswer: (hasCertificate: Bool, frames: [Int])? {
    if let sent = transcript.clientCertificates { return (!sent.value.isEmpty, [sent.frame]) }
    guard isTLS13, transcript.decryption != .succeeded else { return nil }
    let flight = ClientFlight(self, before: .max)
    if flight.hasEmptyCertificate { return (false, flight.frames) }
    return flight.hasCertificate ? (true, flight.frames) : nil
  }
}
