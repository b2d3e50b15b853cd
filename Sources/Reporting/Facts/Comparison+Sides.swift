import Diagnosis
import HandshakeModel

/// One side of a comparison: the attempt, and the connection that was compared.
struct ComparedSide {
  let role: CaptureRole
  let attempt: Attempt?
  let connection: Connection?

  /// Nil where the side holds nothing at all.
  var ladder: Ladder? {
    guard attempt != nil || connection != nil else { return nil }
    return Ladder(attempt ?? Attempt(connections: [], lookups: []), around: connection)
  }
}

extension Comparison {
  var workingSide: ComparedSide {
    ComparedSide(role: .working, attempt: working, connection: workingConnection ?? working?.decisive)
  }

  var failingSide: ComparedSide {
    ComparedSide(role: .failing, attempt: failing, connection: failingConnection ?? failing?.decisive)
  }
}
