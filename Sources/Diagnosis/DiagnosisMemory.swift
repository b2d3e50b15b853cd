public import HandshakeModel

/// Diagnoses one connection after another and remembers what it said: of most connections of a long capture there is
/// nothing new to say. One for each thread.
public struct DiagnosisMemory: Sendable {
  private var advice = AdviceMemory()

  public init() {}

  /// What ``Diagnosis/diagnose(_:logs:)`` says.
  public mutating func diagnose(_ connection: Connection, logs: LogEvidence) -> [Cause] {
    Diagnosis.diagnose(connection, logs: logs, &advice)
  }
}
