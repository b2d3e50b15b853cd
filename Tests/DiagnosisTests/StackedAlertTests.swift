import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// What a close, an alert or the working client's words show that was told as something else before.
@Suite struct StackedAlertTests {
  /// A hello in two segments, of which the server acknowledged the first when it closed.
  private func closedAtHalf(size: Int = 1700) -> FixtureBuilder {
    var builder = FixtureBuilder()
    builder.connect()
    builder.hello(.offer(length: size))
    builder.network {
      $0.client.dataSegments = 2
      $0.client.unacknowledgedBytes = 300
    }
    builder.fin(.server)
    return builder
  }

  @Test func aServerThatClosesAtHalfAHelloDoesNotWaitForTheRest() {
    let inquiry = closedAtHalf().inquiry(working: FixtureBuilder.established())
    let claim = [Mechanism.tlsIntoleranceSplitHello].claims(inquiry).first?.claim
    #expect(claim?.headline.contains("1400 of 1700 bytes") == true)
    #expect([Mechanism].closedOnAccept.claims(inquiry).isEmpty)
    #expect([Mechanism.tlsSNIMissing, .tlsSignatureScheme, .tlsCipherSuite].claims(inquiry).isEmpty)
  }

  @Test func aHelloThatIsAcknowledgedWholeWasNotCut() {
    var builder = FixtureBuilder.greeted(.offer(length: 1700))
    builder.network { $0.client.dataSegments = 2 }
    builder.fin(.server)
    #expect(PartOfHello(builder.inquiry()) == nil)
  }

  @Test func aCloseBehindPlaintextIsNotBeforeTheClientSaidAnything() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.say(.client, .httpRequest, "GET / HTTP/1.1")
    builder.fin(.server)
    let text = [Mechanism].closedOnAccept.claims(builder.inquiry()).first?.claim.observations.first?.text
    #expect(text?.contains("after the client's first bytes (plain HTTP)") == true)
  }

  @Test func aPortThatServesAnotherClientNeedsNoAdviceAboutItsListener() {
    var builder = FixtureBuilder.greeted()
    builder.fin(.server)
    let inquiry = builder.inquiry(working: FixtureBuilder.established())
    #expect(inquiry.servesWorkingClient)
    #expect(Mechanism.tcpClosedOnAccept.advice.remedies?(inquiry)?.map(\.audience) == ["server"])
    #expect(Mechanism.tcpClosedOnAccept.advice.remedies?(builder.inquiry()) == nil)
  }

  @Test func aBareResetInAnswerToDataIsNotTheServers() {
    var builder = FixtureBuilder()
    builder.connect()
    builder.hello(.offer())
    builder.reset(.server)
    builder.network {
      $0.client.unacknowledgedBytes = $0.client.payloadBytes
      $0.resets[0].hasAck = false
    }
    #expect([Mechanism.tcpResetInjected].said(builder.inquiry()) == [.tcpResetInjected: .usual])
    #expect([Mechanism].closedOnAccept.claims(builder.inquiry()).isEmpty)
    builder.network { $0.resets[0].hasAck = true }
    #expect([Mechanism.tcpResetInjected].claims(builder.inquiry()).isEmpty)
  }

  @Test func aSYNACKRepeatedAgainAndAgainIsAConnectionThatNeverOpened() {
    var builder = FixtureBuilder.greeted()
    builder.network {
      $0.client.unacknowledgedBytes = 250
      for second in [1, 3] as [Int64] {
        $0.synAckRepetitions.append(
          FrameNote(
            frame: 9 + Int(second), time: Timestamp(nanoseconds: $0.synAck!.time.nanoseconds + second * 1_000_000_000)))
      }
    }
    #expect([Mechanism.tcpHalfOpen].said(builder.inquiry()) == [.tcpHalfOpen: .proof])
    builder.network { $0.synAckRepetitions.removeLast() }
    #expect([Mechanism.tcpHalfOpen].claims(builder.inquiry()).isEmpty)
  }

  // MARK: Alerts by stack

  @Test(arguments: [
    (StackFamily.openSSL, AlertDescription.handshakeFailure, false), (.openSSL, .certificateUnknown, false),
    (.openSSL, .unknownCA, true), (.rustls, .certificateUnknown, false), (.rustls, .decryptError, false),
    (.go, .badCertificate, true), (.go, .certificateUnknown, false), (.gnuTLS, .badCertificate, true),
  ]) func stacksHaveAlertsOfTheirOwnForTrust(family: StackFamily, alert: AlertDescription, isOfTrust: Bool) {
    #expect(family.saysOfTrust(alert) == isOfTrust)
  }

  @Test func ofJavaNoAlertExcludesTrust() {
    #expect(StackFamily.jsse.saysOfTrust(.certificateUnknown) == nil)
  }

  // MARK: Names

  @Test func aDotAtTheNamesEndIsWhatTheServerRefuses() {
    let builder = FixtureBuilder.refused(.offer(name: "svc.test."), by: .unexpectedMessage)
    let inquiry = builder.inquiry(working: FixtureBuilder.established())
    #expect([Mechanism.tlsSNIUnrecognizedTrailingDot].said(inquiry) == [.tlsSNIUnrecognized: .proof])
    #expect([Mechanism.tlsMalformed].claims(inquiry).isEmpty)
    let well = FixtureBuilder.refused(.offer(name: "svc.test"), by: .unexpectedMessage)
    #expect([Mechanism.tlsSNIUnrecognizedTrailingDot].claims(well.inquiry()).isEmpty)
  }

  @Test(arguments: ["192.0.2.7", "2001:db8::7"]) func anAddressIsNoServerName(name: String) {
    let builder = FixtureBuilder.refused(.offer(name: name), by: .unrecognizedName)
    #expect([Mechanism.tlsSNIUnrecognizedAddress].said(builder.inquiry()) == [.tlsSNIUnrecognized: .proof])
  }

  @Test func aMissingNameDoesNotOutrankSuitesThatTheServerLacks() {
    let old = ClientHello.offer(versions: [0x0303], suites: [0x009c, 0x009e], name: nil)
    let inquiry = FixtureBuilder.refused(old, by: .handshakeFailure).inquiry(working: FixtureBuilder.established())
    #expect([Mechanism.tlsSNIMissing].claims(inquiry).isEmpty)
    #expect([Mechanism.tlsCipherSuite].said(inquiry)[.tlsCipherSuite] != nil)
  }

  // MARK: Plaintext

  @Test func aWorkingClientInPlaintextShowsWhatThePortSpeaks() {
    var plain = FixtureBuilder()
    plain.connect()
    plain.say(.client, .redis, "*2")
    plain.say(.server, .redis, "%7")
    let builder = FixtureBuilder.greeted()
    let inquiry = builder.inquiry(working: plain.ended(.established))
    #expect([Mechanism.appPlaintextServerByWorkingClient].said(inquiry) == [.appPlaintextServer: .proof])
    #expect(inquiry.remediesForPlaintextPort?.first?.text.contains("redis://") == true)
    #expect([Mechanism.appPlaintextServerByWorkingClient].claims(builder.inquiry()).isEmpty)
  }

  @Test func twoPROXYHeadersAreOneTooMany() {
    for (count, isDoubled) in [(1, false), (2, true)] {
      var builder = FixtureBuilder()
      builder.connect()
      for _ in 0..<count { builder.say(.client, .proxyProtocol, "\\x00") }
      builder.fin(.server)
      #expect([Mechanism.appProxyProtocolDoubled].claims(builder.inquiry()).isEmpty == !isDoubled)
    }
  }

  @Test func aServerThatFailsOnAPreSharedKeyFailsByItself() {
    var hello = ClientHello.offer()
    hello.preSharedKeyIdentities = [[1, 2, 3]]
    let inquiry = FixtureBuilder.refused(hello, by: .internalError).inquiry()
    #expect([Mechanism.tlsResumptionServerFails].said(inquiry) == [.tlsResumption: .strong])
    let refused = FixtureBuilder.refused(hello, by: .illegalParameter).inquiry()
    #expect([Mechanism.tlsResumptionServerFails].claims(refused).isEmpty)
  }

  @Test func aServerThatStopsBeforeItsCertificateHasNoKey() {
    for (length, hasNoKey) in [(27, true), (1400, false)] {
      var builder = FixtureBuilder.greeted()
      builder.answer(.answer())
      builder.encrypted(.server, length)
      builder.alert(.server, nil)
      #expect([Mechanism.tlsSignatureSchemeNoKey].claims(builder.inquiry()).isEmpty == !hasNoKey)
    }
  }

  @Test func theSizeOfEncryptedExtensionsTellsWhetherAProtocolWasChosen() {
    for (length, chosen) in [(23, false), (27, false), (32, true), (36, true), (60, nil)] as [(Int, Bool?)] {
      var builder = FixtureBuilder.greeted(.offer(protocols: ["h2"]))
      builder.answer(.answer())
      builder.encrypted(.server, length, 900, 53)
      #expect(builder.ended(.established).choseApplicationProtocol == chosen)
    }
  }

  // MARK: Templates

  @Test func aBraceOfAProgramsOwnIsNoField() {
    let template = RemedyTemplate("Set it", "tls.Config{NextProtos: []string{\"h2\"}, ServerName: \"{name|NAME}\"}")
    #expect(
      template.remedy(for: "Go client", RemedyContext()).command
        == "tls.Config{NextProtos: []string{\"h2\"}, ServerName: \"NAME\"}")
  }

  @Test func thePortThatJustFailedIsNotAdvised() {
    var context = RemedyContext()
    let template = RemedyTemplate("Use STARTTLS on this port{not-on-465|, or port 465}")
    #expect(template.step(context).text == "Use STARTTLS on this port, or port 465")
    context.port = 465
    #expect(template.step(context).text == "Use STARTTLS on this port")
  }

  @Test func aCommandForAProtocolThatUpgradesSaysSo() {
    var context = RemedyContext()
    context.spoken = .smtp
    let command = RemedyTemplate("See", "openssl s_client -connect {endpoint} -tls1_2 </dev/null").step(context).command
    #expect(command == "openssl s_client -starttls smtp -connect ENDPOINT -tls1_2 </dev/null")
    #expect(RemedyTemplate("See", "curl -v {url}").isBeside(context))
  }
}
