import HandshakeModel
import TLSProtocol

extension Ending {
  /// The server gave up before it had sent more than its ServerHello.
  var refusesHello: Bool {
    ender == .server && (phase == .clientHello || phase == .serverHello) && frame != nil
  }
}

extension Inquiry {
  /// The name that the working client asks for; empty where it asks for none.
  var workingServerName: [Observation] {
    guard let name = workingHello?.serverName else { return [] }
    return [observedWorking(.serverName, workingHelloFrames, "the working client names \(Escaped.text(name))")]
  }
}
