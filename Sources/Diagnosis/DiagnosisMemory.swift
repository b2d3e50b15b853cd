public import HandshakeModel
import NetworkProtocols
import TLSProtocol

/// Remembers what was said of handshakes that completed, and what helps against those failures that come back: of most
/// connections of a long capture there is nothing new to say. One for each thread.
public struct DiagnosisMemory: Sendable {
  private var successes: [SuccessfulHandshake: Cause] = [:]
  private var advice = AdviceMemory()
  private static let limit = 512

  public init() {}

  /// What ``Diagnosis/diagnose(_:logs:)`` says.
  public mutating func diagnose(_ connection: Connection, logs: LogEvidence) -> [Cause] {
    guard connection.outcome == .established else { return Diagnosis.diagnose(connection, logs: logs, &advice) }
    if let causes = Diagnosis.doubts(connection, logs: logs, &advice) { return causes }
    let handshake = SuccessfulHandshake(connection)
    if var cause = successes[handshake] {
      if !cause.evidence.isEmpty { cause.evidence[0].frames = connection.serverHelloFrames }
      return [cause]
    }
    let cause = Diagnosis.success(handshake, of: connection)
    if successes.count >= Self.limit { successes.removeAll(keepingCapacity: true) }
    successes[handshake] = cause
    return [cause]
  }
}

/// What the words about a completed handshake follow from.
struct SuccessfulHandshake: Hashable, Sendable {
  let server: Endpoint
  let version: ProtocolVersion?
  let cipherSuite: CipherSuite?

  init(_ connection: borrowing Connection) {
    server = connection.server
    version = connection.negotiatedVersion
    cipherSuite = connection.negotiatedCipherSuite
  }
}

extension Connection {
  /// The frame of the ServerHello proper, if there is one.
  var serverHelloFrames: [Int] {
    guard let index = transcript.serverHellos.lastIndex(where: { !$0.value.isHelloRetryRequest }) else { return [] }
    return [transcript.serverHellos[index].frame]
  }
}
