import Diagnosis
import HandshakeModel

/// Which implementations the two ends of a connection look like, in words.
enum StackNames {
  /// `Java (JSSE) 17 to 21`, `possibly curl (OpenSSL)`; nil where the hello looks like none that is known.
  static func client(_ connection: Connection) -> String? {
    connection.transcript.clientHellos.first.flatMap { Stack.client($0.value) }.map(words)
  }

  static func server(_ connection: Connection) -> String? { Stack.server(connection).map(words) }

  private static func words(_ guess: StackGuess) -> String {
    guess.confidence >= .likely ? guess.stack.name : "possibly \(guess.stack.name)"
  }
}
