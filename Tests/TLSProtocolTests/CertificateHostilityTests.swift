import TLSProtocol
import Testing

/// Damaged certificates must never trap, whatever they make of the facts.
struct CertificateHostilityTests {
  static let seeds = [CertificateFixtures.leaf, CertificateFixtures.oddNames, CertificateFixtures.hostileSubject]

  @Test(arguments: seeds)
  func everyTruncationIsReadToItsEnd(_ der: [UInt8]) {
    for count in 0..<der.count {
      let facts = CertificateFacts(der: Array(der.prefix(count)))
      #expect(!facts.problems.isEmpty)
    }
  }

  @Test(arguments: seeds)
  func mutationsNeverTrap(_ der: [UInt8]) {
    var generator = SeededGenerator(state: 0x7a5c_91d3_0f42_88e1)
    // A debug build is far slower; `swift test -c release` runs the whole number.
    #if DEBUG
      let rounds = 4000
    #else
      let rounds = 50_000
    #endif
    var stillNamed = 0
    for _ in 0..<rounds {
      var mutated = der
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        let index = Int.random(in: 0..<mutated.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: mutated[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: mutated[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: mutated.remove(at: index)
        default: mutated.insert(0xff, at: index)
        }
      }
      let facts = CertificateFacts(der: mutated)
      if !facts.subject.isEmpty { stillNamed += 1 }
    }
    #expect(stillNamed > rounds / 2)
  }
}
