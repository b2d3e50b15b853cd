import HandshakeModel
import TLSProtocol

extension Story {
  /// The condition that the ClientHello names no server.
  var namelessHello: State? {
    guard let hello, hello.value.serverName == nil else { return nil }
    return State("", [observed(.serverName, [hello.frame], "the ClientHello has no server_name")])
  }
}

extension Inquiry {
  /// That the working client names the server.
  func workingName(_ name: String) -> Observation {
    observedWorking(.serverName, workingHelloFrames, "the working client names \(Escaped.text(name))")
  }
}
