import TLSProtocol
import Testing

@testable import Diagnosis

/// What has to be known of every stack that is listed.
@Suite struct StackProfileTests {
  @Test func noStackAndNoProgramIsListedTwice() {
    #expect(Set(StackFamily.allCases).count == StackProfile.all.count)
    #expect(Set(StackProduct.allCases).count == StackProfile.all.flatMap(\.programs).count)
    let names = StackFamily.allCases.map(\.rawValue) + StackProfile.all.compactMap(\.commonName)
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
  }

  @Test func everyStackThatIsNamedIsListed() {
    let named: [StackFamily] = [
      .jsse, .openSSL, .rustls, .go, .gnuTLS, .boringSSL, .nss, .apple, .schannel, .mbedTLS, .wolfSSL, .tlslite,
      .libreSSL, .bouncyCastle,
    ]
    #expect(named == StackFamily.allCases)
    for family in named { #expect(StackProfile.of(family)?.family == family) }
    #expect(StackProfile.of(StackFamily(rawValue: "unheard of")) == nil)
  }

  @Test(arguments: StackProfile.all.indices) func everyStackIsComplete(index: Int) {
    let stack = StackProfile.all[index]
    #expect(!stack.family.rawValue.isEmpty && stack.commonName?.isEmpty != true)
    switch stack.hello {
    case .signature(let signature):
      #expect(!signature.source.isEmpty && !signature.traits.isEmpty)
      #expect(signature.traits.allSatisfy { $0.weight > 0 && !$0.text.isEmpty })
      let greatest = signature.traits.reduce(0) { $0 + $1.weight }
      #expect(greatest >= StackSignature.leastScore, "its hello can never be recognised")
    case .notRecognised(let reason): #expect(!reason.isEmpty)
    }
    #expect(stack.trustAlerts?.isEmpty != true)
    for text in stack.alertNotes.values { #expect(text.hasSuffix(".")) }
  }

  @Test(arguments: StackProfile.all.indices) func everyStackCanBeMadeToSayWhatItSaw(index: Int) {
    let stack = StackProfile.all[index]
    for product in [nil] + stack.programs.map({ Optional($0.product) }) {
      for role in [Role.client, .server] {
        let side = LoggingSide(stack: Stack(stack.family, product: product), role: role)
        let steps = stack.logging(side)
        #expect(!steps.isEmpty)
        // What comes of it has to reach the program: as a log, as keys; or the reader reads it.
        #expect(
          steps.allSatisfy { $0.text.contains("-log") || $0.text.contains("--keylog") || $0.text.hasPrefix("Read ") })
      }
    }
  }

  @Test func everyProgramIsSomebodysToConfigure() {
    for stack in StackProfile.all {
      for program in stack.programs {
        #expect(!program.audiences.isEmpty && !program.audiences.contains(.any), "\(program.product.rawValue)")
        #expect(StackProfile.program(program.product)?.product == program.product)
        #expect(program.banners.allSatisfy { $0 == $0.lowercased() && $0.utf8.count >= 8 })
      }
      // A program shows itself only in a hello that is recognised as its stack's.
      #expect(stack.signature != nil || stack.programs.allSatisfy(\.hello.isEmpty), "\(stack.family.rawValue)")
    }
  }

  @Test func everyAudienceIsThatOfAStackOrProgram() {
    let reached = StackProfile.all.flatMap { $0.audiences + $0.programs.flatMap(\.audiences) }
    #expect(Set(reached).union([.any]) == Set(Audience.allCases))
  }

  @Test func theLinesOfAStacksLogAreThatStacks() {
    for stack in StackProfile.all {
      for pattern in stack.logs + stack.programs.flatMap(\.logs) {
        #expect((pattern.stack?.family ?? stack.family) == stack.family, "\(pattern.text)")
      }
      for program in stack.programs {
        for pattern in program.logs {
          #expect((pattern.stack?.product ?? program.product) == program.product, "\(pattern.text)")
        }
      }
    }
  }

  @Test func everyWordForAnAlertMeansOneAlertAndIsNotTheRegistrys() {
    var meanings: [String: AlertDescription] = [:]
    let registered = Set(Alerts.all.map { AlertNames.folded($0.description.name) })
    for stack in StackProfile.all {
      for (name, alert) in stack.alertSpellings {
        let key = AlertNames.folded(name)
        #expect(!registered.contains(key), "\(name) needs no line")
        #expect(meanings[key, default: alert] == alert, "\(name)")
        #expect(AlertNames.alert(named: name) == alert)
        meanings[key] = alert
      }
    }
    #expect(meanings.count >= 25)
  }

  @Test func whatSingleStacksMeanByAnAlertIsToldOfIt() throws {
    let notes = try #require(Alerts.knowledge(.unknownCA)).stackNotes
    #expect(notes.map(\.family) == [.openSSL, .rustls, .nss])
    let told = Alerts.all.flatMap(\.stackNotes).count
    #expect(
      told == StackProfile.all.reduce(0) { $0 + $1.alertNotes.count }, "a note is about an alert that nobody knows")
  }

  @Test func ofAStackThatNobodyKnowsTheGeneralAdviceIsGiven() {
    let unheardOf = Stack(StackFamily(rawValue: "unheard of"), product: StackProduct(rawValue: "nothing"))
    #expect(unheardOf.name == "nothing (unheard of)")
    #expect(Audience.of(unheardOf).isEmpty)
    #expect(NextSteps.for(code: .certRejected, client: unheardOf) == NextSteps.for(code: .certRejected))
  }
}
