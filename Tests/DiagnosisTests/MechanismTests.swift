import TLSProtocol
import Testing

@testable import Diagnosis

@Suite struct MechanismTests {
  @Test func everyCodeHasOneGeneralMechanism() {
    let general = Mechanism.all.filter { $0.id.detail == nil }.map(\.id.code)
    #expect(general.count == Set(general).count)
    #expect(Set(general) == Set(CauseCode.allCases))
  }

  @Test func noTwoMechanismsShareAnIdentifier() {
    for list in [Mechanism.all, Mechanism.doubts] { #expect(Set(list.map(\.id)).count == list.count) }
    for mechanism in Mechanism.all + Mechanism.doubts {
      #expect(Mechanism.named(mechanism.id.description)?.id == mechanism.id)
      guard let detail = mechanism.id.detail else { continue }
      #expect(detail.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } && !detail.isEmpty)
    }
  }

  @Test func everyMechanismSaysWhatItIsAndHowItShows() {
    for mechanism in Mechanism.all + Mechanism.doubts {
      let about = mechanism.about
      #expect(!about.title.isEmpty && about.title.count <= 60, "\(mechanism.id)")
      #expect(about.meaning.hasSuffix("."), "\(mechanism.id)")
      #expect(!about.passiveEvidence.isEmpty, "\(mechanism.id)")
    }
  }
}
