import HandshakeModel
import NetworkProtocols
import NetworkValues
import TLSProtocol
import Testing

@testable import Diagnosis

/// Which mechanism speaks, and that each explains how the connection ended.
@Suite struct HelloMechanismTests {
  private static let lists: [[Mechanism]] = [
    .versions, Array([Mechanism].offers.dropFirst()), .strengths, [.tlsGroupRetry], .afterServerHello, .extensions,
    .checks, .malformed,
  ]
  private static let every: [Mechanism] = lists.flatMap { $0 }

  /// The mechanisms that speak, by name, after it was seen that each explains the end.
  private func mechanisms(_ builder: FixtureBuilder, working: Connection? = nil) -> [String] {
    Self.every.claims(builder.inquiry(working: working)).map { id, claim in
      #expect(claim.observations.filter { $0.kind == .ending }.count == 1, "\(id)")
      #expect(claim.observations.allSatisfy { !$0.frames.isEmpty }, "\(id)")
      return id.description
    }
  }

  private func refused(_ offer: ClientHello = .offer(), by alert: AlertDescription = .handshakeFailure) -> [String] {
    mechanisms(.refused(offer, by: alert))
  }

  private func answered(
    _ answer: ServerHello, to offer: ClientHello = .offer(), then alert: AlertDescription?
  ) -> [String] {
    var builder = FixtureBuilder.greeted(offer)
    builder.answer(answer)
    if let alert { builder.alert(.client, alert) } else { builder.fin(.client) }
    return mechanisms(builder)
  }

  @Test func whatTheServerRefusesInTheHello() {
    #expect(
      refused(.offer(versions: [0x0301], suites: [0x002f, 0x0035, 0x000a]), by: .protocolVersion) == ["tls.version"])
    #expect(refused(.offer(groups: [0x0018])) == ["tls.group"])
    #expect(refused(.offer(schemes: [0x0807])) == ["tls.signature-scheme"])
    #expect(refused(by: .insufficientSecurity) == ["tls.cipher-suite/too-weak"])
    #expect(refused(by: .missingExtension) == ["tls.extension"])
    let bare = ClientHello.offer(versions: [0x0304], extensions: [.supportedGroups])
    #expect(refused(bare) == ["tls.extension/tls13-required"])
    #expect(refused(bare, by: .missingExtension) == ["tls.extension"])
    let old = ClientHello.offer(versions: [0x0303], suites: [0xc02f, 0xc02b, 0xc030])
    #expect(refused(old) == ["tls.extension/not-offered"])
  }

  @Test func whatTheClientRefusesInTheAnswer() {
    let old = ServerHello.answer(version: 0x0303, suite: 0xc02f)
    let offer = ClientHello.offer(versions: [0x0303], suites: [0xc02f, 0x00ff], extensions: [.extendedMasterSecret])
    #expect(answered(old, to: .offer(versions: [0x0304]), then: nil) == ["tls.version/chosen"])
    #expect(answered(old, then: .protocolVersion) == ["tls.version/chosen"])
    #expect(answered(old, then: .insufficientSecurity) == ["tls.group/too-weak"])
    #expect(answered(old, to: offer, then: .handshakeFailure) == ["tls.extension/secure-renegotiation"])
    let renegotiates = ServerHello.answer(version: 0x0303, suite: 0xc02f, extensions: [.renegotiationInfo])
    #expect(answered(renegotiates, to: offer, then: .handshakeFailure) == ["tls.extension/master-secret"])
    #expect(answered(.answer(suite: 0x1303), then: nil) == ["tls.malformed/unasked-choice"])
    #expect(answered(.answer(), then: .echRequired) == ["tls.extension/ech-required"])
    #expect(answered(.answer(), then: .decodeError) == ["tls.malformed"])
    #expect(answered(.answer(), then: .badRecordMAC) == ["tls.decrypt"])
  }

  @Test func aRetryInVainAndAServerThatGivesUpExplainTheEnd() {
    var retried = FixtureBuilder.greeted()
    retried.answer(.answer(group: 0x0018, retries: true))
    retried.fin(.client)
    #expect(mechanisms(retried) == ["tls.group/retry"])
    var builder = FixtureBuilder.greeted(.offer(protocols: ["mqtt"]))
    builder.answer(.answer())
    builder.alert(.server, nil)
    #expect(mechanisms(builder) == ["tls.alpn/after-server-hello"])
  }

  @Test func aConditionIsTheSameWhereItsSubjectIs() {
    func lacks(_ offer: ClientHello) -> State? {
      Mechanism.tlsExtensionNotOffered.state?(FixtureBuilder.greeted(offer).inquiry().failingStory)
    }
    let neither = ClientHello.offer(versions: [0x0303], suites: [0xc02f], extensions: [])
    let half = ClientHello.offer(versions: [0x0303], suites: [0xc02f], extensions: [.extendedMasterSecret])
    let both = ClientHello.offer(
      versions: [0x0303], suites: [0xc02f], extensions: [.extendedMasterSecret, .renegotiationInfo])
    #expect(lacks(neither)?.subject == "extended_master_secret and renegotiation_info")
    #expect(lacks(half)?.subject == "renegotiation_info")
    #expect(lacks(both) == nil && lacks(.offer()) == nil)
  }
}
