import HandshakeModel
import TLSProtocol

/// What one capture shows of one goal: the connections that were made for it and the one that decides.
struct Story: Sendable {
  /// Which capture it is.
  let role: CaptureRole
  let attempt: Attempt
  /// The connection that decides the attempt; nil where none was even tried.
  let connection: Connection?
  /// Who ended that connection, when, and with what words.
  let ending: Ending?

  /// The certificates that the server showed; nil where none can be read.
  var certificates: CertificateView? { shownCertificates.value { connection.flatMap(CertificateView.init) } }
  let shownCertificates = CertificateViewOnce()

  /// The last ClientHello, which the server's answer is about.
  var hello: Observed<ClientHello>? { connection?.transcript.clientHellos.last }

  /// What this story shows.
  func observed(_ kind: ObservationKind, _ frames: [Int], _ text: String) -> Observation {
    Observation(kind, role, frames, text)
  }
}

extension Inquiry {
  /// The story that failed.
  var failingStory: Story {
    Story(role: .failing, attempt: attempt, connection: connection, ending: ending)
  }

  /// The story that worked; nil without a working capture.
  var workingStory: Story? {
    guard working != nil || workingAttempt != nil else { return nil }
    return Story(
      role: .working, attempt: workingAttempt ?? Attempt(connections: [], lookups: []), connection: working,
      ending: working.map(Ending.init))
  }

  /// Something that the failing story shows.
  func observed(_ kind: ObservationKind, _ frames: [Int], _ text: String) -> Observation {
    Observation(kind, .failing, frames, text)
  }

  /// Something that the working story shows.
  func observedWorking(_ kind: ObservationKind, _ frames: [Int], _ text: String) -> Observation {
    Observation(kind, .working, frames, text)
  }
}
