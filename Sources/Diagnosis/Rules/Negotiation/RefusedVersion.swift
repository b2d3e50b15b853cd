import HandshakeModel
import TLSProtocol

extension Rule {
  /// No protocol version in common: alert 70, or a hello that lacks every version the server is known to speak.
  static let refusedVersion = Rule(.tlsVersion) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, let hello = inquiry.hello else { return [] }
    let offer = Offer(hello: hello)
    if ending.alert == .protocolVersion, let frame = ending.frame, let ender = ending.ender,
      // A client that gets plaintext reads its letters as a version number.
      ender == .server || connection.serverHello != nil
    {
      var evidence = [
        inquiry.evidence([frame], "\(ender.rawValue) alert protocol_version (70)"),
        inquiry.evidence(inquiry.helloFrames, "the ClientHello offers \(Escaped.versions(offer.versions))"),
      ]
      if ender == .client, let answer = connection.serverHello {
        evidence.append(inquiry.evidence([answer.frame], "the server chose \(answer.value.version.displayName)"))
        return [
          Finding(
            .tlsVersion, 96, "The server speaks \(answer.value.version.displayName), which the client does not accept",
            evidence: evidence)
        ]
      }
      let accepted = inquiry.workingServerHello?.version
      if let accepted {
        evidence.append(
          inquiry.workingEvidence(
            inquiry.workingServerHelloFrames, "the server speaks \(accepted.displayName) with the working client"))
      }
      return [
        Finding(
          .tlsVersion, 97,
          "No TLS version in common: the client offers \(Escaped.versions(offer.versions))"
            + (accepted.map { offer.offers($0) ? "" : ", the server wants \($0.displayName)" }
              ?? ", and the server refuses it"),
          evidence: evidence)
      ]
    }
    if let answer = connection.serverHello, !offer.offers(answer.value.version), ending.ender == .client {
      return [
        Finding(
          .tlsVersion, 90,
          "The server answered with \(answer.value.version.displayName), which the client had not offered",
          evidence: [
            inquiry.evidence(inquiry.helloFrames, "the ClientHello offers \(Escaped.versions(offer.versions))"),
            inquiry.evidence([answer.frame], "the ServerHello says \(answer.value.version.displayName)"),
          ])
      ]
    }
    return []
  }
}
