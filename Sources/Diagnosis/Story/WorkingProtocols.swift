import HandshakeModel
import TLSProtocol

extension Inquiry {
  /// The application protocols that the working client offers, and the one that the server chose there; empty without a
  /// working hello.
  var workingProtocols: [Observation] {
    guard let workingHello else { return [] }
    let chosen =
      workingServerHello?.applicationProtocol ?? working?.transcript.encryptedExtensions?.value.applicationProtocol
    return [
      observedWorking(
        .offeredProtocols, workingHelloFrames,
        "the working client offers \(Escaped.list(workingHello.applicationProtocols))"
          + (chosen.map { "; the server chose \(Escaped.text($0))" } ?? ""))
    ]
  }
}
