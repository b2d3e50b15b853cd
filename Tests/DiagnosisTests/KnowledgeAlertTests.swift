import TLSProtocol
import Testing

@testable import Diagnosis

@Suite struct KnowledgeAlertTests {
  @Test func everyAlertOfTheRegistryIsKnown() {
    for number in UInt8.min...UInt8.max {
      let description = AlertDescription(rawValue: number)
      #expect((Alerts.knowledge(description) != nil) == (description.registeredName != nil), "\(description.name)")
    }
    #expect(Set(Alerts.all.map(\.description)).count == Alerts.all.count)
  }

  @Test func anAlertSpeaksForDifferentCausesFromEachSide() {
    #expect(Alerts.causes(of: .unknownCA, from: .client).first == .certUntrusted)
    #expect(Alerts.causes(of: .unknownCA, from: .server) == [.certClientRejected])
    #expect(Alerts.causes(of: .certificateRequired, from: .client).isEmpty)
    #expect(Alerts.causes(of: .closeNotify, from: .server).isEmpty)
    #expect(Alerts.causes(of: AlertDescription(rawValue: 200), from: .server).isEmpty)
  }

  @Test func onlySomeAlertsNameTheirCause() {
    #expect(Alerts.isTelling(.noApplicationProtocol, from: .server))
    #expect(!Alerts.isTelling(.noApplicationProtocol, from: .client))
    #expect(!Alerts.isTelling(.handshakeFailure, from: .server))
    #expect(!Alerts.isTelling(.certificateUnknown, from: .client))
  }

  @Test(arguments: [
    ("unknown_ca", 48), ("UnknownCA", 48), ("unknown ca", 48), ("UNKNOWN-CA", 48),
    ("unknown certificate authority", 48),
    ("unknown certificate", 46), ("CertificateUnknown", 46), ("certificate unknown", 46), ("bad record mac", 20),
    ("UnrecognisedName", 112), ("protocol version not supported", 70), ("CA is unknown", 48), ("handshake failed", 40),
    ("NoApplicationProtocol", 120), ("certificate required", 116), ("expired certificate", 45),
  ]) func namesAreUnderstoodInEveryStacksSpelling(name: String, number: UInt8) {
    #expect(AlertNames.alert(named: name)?.rawValue == number)
  }

  @Test(arguments: ["", "   ", "nonsense", "alert", String(repeating: "x", count: 10_000)])
  func whatIsNoAlertHasNoNumber(name: String) {
    #expect(AlertNames.alert(named: name) == nil)
  }
}

@Suite struct KnowledgeExplanationTests {
  @Test(arguments: CauseCode.allCases) func everyCodeIsExplained(code: CauseCode) throws {
    let explanation = try #require(Explanation.lookup(code.rawValue))
    #expect(explanation.title.hasPrefix(code.rawValue))
    #expect(explanation.paragraphs.first == code.meaning)
    if code != .none && code != .captureIncomplete && code != .tlsUnknown {
      #expect(explanation.sections.contains { $0.title == "What to do" })
    }
  }

  @Test(arguments: ["40", "0x28", "handshake_failure", "HandshakeFailure", " Handshake failure\n"])
  func anAlertIsFoundByNumberAndName(text: String) throws {
    let explanation = try #require(Explanation.lookup(text))
    #expect(explanation.title == "Alert 40: handshake_failure")
    #expect(explanation.sections.contains { section in section.entries.contains { $0.label == "tls.cipher-suite" } })
  }

  @Test(arguments: ["", "tls", "300", "-1", "0x", "99", "\u{1b}[31m", "tls.alpn.x"])
  func whatIsNeitherIsNotExplained(text: String) {
    #expect(Explanation.lookup(text) == nil)
    #expect(!Explanation.suggestions.isEmpty)
  }

  @Test func aCauseListsTheAlertsThatCanMeanIt() throws {
    let explanation = try #require(Explanation.lookup("CERT.CLIENT-REQUIRED"))
    let alerts = try #require(explanation.sections.last)
    #expect(alerts.entries.contains { $0.label.hasPrefix("certificate_required") && $0.text == "from the server" })
  }

  @Test func theDocumentHoldsEveryCodeAndAlertOnce() {
    let text = CausesDocument.markdown()
    for code in CauseCode.allCases {
      #expect(text.split(separator: "\n").filter { $0 == "### \(code.rawValue): \(code.title)" }.count == 1)
      let anchor = code.rawValue.split(separator: ".").joined(separator: "-")
      #expect(text.contains("(#\(anchor))") && text.contains("<a id=\"\(anchor)\"></a>"))
    }
    for alert in Alerts.all { #expect(text.contains("### Alert \(alert.description.rawValue): ")) }
    #expect(!text.contains("{endpoint") && !text.contains("{port"))
  }

  @Test func theGeneratedPageIsUpToDate() {
    #expect(
      StackHello.text(StackHello.root + "/docs/causes.md") == CausesDocument.markdown(),
      "run scripts/generate-causes-doc")
  }

  @Test func aMechanismIsExplainedWithItsCodesAdvice() throws {
    for mechanism in Mechanism.allWithDoubts where mechanism.id.detail != nil {
      let explanation = try #require(Explanation.lookup(mechanism.id.description))
      #expect(explanation.title == "\(mechanism.id): \(mechanism.about.title)")
      #expect(!explanation.sections.isEmpty || mechanism.id.code == .tlsUnknown, "\(mechanism.id)")
      let code = Explanation(mechanism.id.code)
      #expect(code.sections.flatMap(\.entries).contains { $0.label == mechanism.id.description })
    }
    #expect(Explanation.list.count == Set(Explanation.list.map(\.title)).count)
    #expect(Explanation.list.count >= CauseCode.allCases.count + 60)
  }
}
