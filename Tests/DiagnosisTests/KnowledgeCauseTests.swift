import Diagnosis
import Testing

@Suite struct KnowledgeCauseTests {
  @Test(arguments: CauseCode.allCases) func everyCodeSaysWhatItMeansAndHowItShows(code: CauseCode) {
    #expect(!code.title.isEmpty && code.title.count <= 48)
    #expect(!code.title.hasSuffix("."))
    #expect(code.meaning.hasSuffix("."))
    #expect(!code.passiveEvidence.isEmpty)
  }

  @Test func noTwoCodesShareATitleOrAMeaning() {
    #expect(Set(CauseCode.allCases.map(\.title)).count == CauseCode.allCases.count)
    #expect(Set(CauseCode.allCases.map(\.meaning)).count == CauseCode.allCases.count)
  }

  @Test func theLayerIsTheCodesFirstHalf() {
    #expect(CauseCode.dnsNoAnswer.layer == .resolution)
    #expect(CauseCode.tcpPathMTU.layer == .transport)
    #expect(CauseCode.appStartTLS.layer == .application)
    #expect(CauseCode.tlsUnknown.layer == .handshake)
    #expect(CauseCode.certClientRequired.layer == .certificate)
    #expect(CauseCode.captureIncomplete.layer == .capture)
    #expect(CauseCode.none.layer == CauseLayer.none)
    for layer in CauseLayer.allCases {
      #expect(!layer.title.isEmpty)
      #expect(CauseCode.allCases.contains { $0.layer == layer })
    }
  }
}
