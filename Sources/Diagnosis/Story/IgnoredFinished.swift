import HandshakeModel
import TLSProtocol

/// A DTLS client repeated its Finished, and the server acted as if it had not come: DTLS drops records that do not verify
/// without a word (RFC 6347 §4.1.2.7), so that keys which differ look like loss.
struct IgnoredFinished {
  let observations: [Observation]
  /// The two sides take their keys from a secret that was given to both beforehand.
  let usesSharedKey: Bool

  init?(_ inquiry: Inquiry) {
    guard let connection = inquiry.connection, connection.ignoredFinishedRepetitions >= 2,
      connection.outcome == .failed, connection.fatalAlerts.isEmpty, let answer = connection.serverHello
    else { return nil }
    let records = connection.encryptedRecords(from: .client)
    let suite = answer.value.cipherSuite.name
    usesSharedKey = suite.contains("_PSK_")
    observations = [
      inquiry.observed(
        .ending, Set(records.map(\.frame)).sorted(),
        "the client sends its protected Finished \(records.count) times; the server never sends its own"),
      inquiry.observed(.serverChoice, [answer.frame], "the server chose \(suite)"),
    ]
  }
}
