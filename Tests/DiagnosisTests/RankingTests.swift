import HandshakeModel
import Testing

@testable import Diagnosis

/// Which finding goes before which: by words and sets, never by numbers.
@Suite struct RankingTests {
  private func finding(_ code: CauseCode, _ grade: Grade, explains kinds: ObservationKind...) -> Finding {
    var finding = Finding(code, grade, code.title, evidence: [])
    finding.explained = Set(kinds)
    return finding
  }

  private func codes(_ findings: Finding...) -> [CauseCode] { findings.ranked.map(\.code) }

  @Test func theSurerGoesFirstHoweverMuchTheOtherExplains() {
    let broad = finding(.tlsVersion, .usual, explains: .ending, .offeredVersions, .serverChoice)
    #expect(codes(broad, finding(.tlsALPN, .strong, explains: .ending)) == [.tlsALPN, .tlsVersion])
  }

  @Test func amongEqualsWhoExplainsAllAndMoreGoesFirst() {
    let narrow = finding(.tlsVersion, .strong, explains: .ending)
    let broad = finding(.tlsALPN, .strong, explains: .ending, .offeredProtocols)
    #expect(codes(narrow, broad) == [.tlsALPN, .tlsVersion])
    // Neither covers the other: the lower layer.
    let other = finding(.tlsVersion, .strong, explains: .ending, .offeredVersions)
    #expect(codes(broad, other) == [.tlsVersion, .tlsALPN])
  }

  @Test func aCommonerReadingGoesFirstAmongEqualsOnly() {
    var shy = finding(.tlsVersion, .usual, explains: .ending, .offeredVersions)
    shy.yields = [.tlsALPN]
    #expect(codes(shy, finding(.tlsALPN, .usual, explains: .ending)) == [.tlsALPN, .tlsVersion])
    #expect(codes(shy, finding(.tlsALPN, .hint, explains: .ending)) == [.tlsVersion, .tlsALPN])
  }

  @Test func whatALogSaysGoesBeforeWhatIsInferredAndAfterWhatPacketsProve() {
    var told = finding(.certUntrusted, .strong)
    told.told = .likely
    var sure = finding(.certWeak, .strong)
    sure.told = .certain
    let inferred = finding(.tlsVersion, .strong, explains: .ending)
    let proven = finding(.certRevoked, .proof, explains: .ending)
    #expect(codes(inferred, told, sure, proven) == [.certRevoked, .certWeak, .certUntrusted, .tlsVersion])
  }

  @Test func whatPacketsContradictGoesLastAmongEquals() {
    var denied = finding(.tcpRefused, .hint)
    (denied.told, denied.isContradicted) = (.certain, true)
    #expect(codes(denied, finding(.tlsUnknown, .hint, explains: .ending)) == [.tlsUnknown, .tcpRefused])
  }

  @Test func whatACaptureSurelyLacksMayBeWhatDecides() {
    let oddity = finding(.tlsIntolerance, .strong, explains: .ending, .helloSize)
    #expect(codes(oddity, finding(.captureIncomplete, .strong)) == [.captureIncomplete, .tlsIntolerance])
    let usual = finding(.certRejected, .usual, explains: .ending)
    #expect(codes(usual, finding(.captureIncomplete, .usual)) == [.certRejected, .captureIncomplete])
  }

  @Test func aCircleOfYieldsStillHasAnOrder() {
    var circle = [CauseCode.tlsVersion, .tlsGroup, .tlsALPN].map { finding($0, .usual) }
    for place in circle.indices { circle[place].yields = [circle[(place + 1) % circle.count].code] }
    #expect(Set(circle.ranked.map(\.code)) == Set(circle.map(\.code)))
  }

  @Test(arguments: [
    (Grade.usual, Confidence.certain, Grade.proof), (.hint, .certain, .strong), (.strong, .likely, .proof),
    (.usual, .likely, .strong), (.strong, .possible, .strong),
  ])
  func aLogAndPacketsAgreeForCertain(packets: Grade, told: Confidence, joined: Grade) {
    let shown = finding(.certUntrusted, packets, explains: .ending)
    var log = finding(.certUntrusted, .strong)
    log.told = told
    #expect(shown.joined(with: log).grade == joined)
    #expect(log.joined(with: shown).grade == joined)
  }

  @Test func aLikelyLineThatComesTwiceIsNoSurer() {
    var log = finding(.certUntrusted, .strong)
    log.told = .likely
    #expect(log.joined(with: log).grade == .strong)
  }

  @Test func aSharperMechanismLeadsTheGeneralOneOfItsCode() {
    var (general, sharp) = (finding(.tlsGroup, .strong), finding(.tlsGroup, .strong))
    general.mechanism = MechanismID(.tlsGroup)
    sharp.mechanism = MechanismID(.tlsGroup, "too-weak")
    #expect(general.joined(with: sharp).mechanism == sharp.mechanism)
    #expect(sharp.joined(with: general).mechanism == sharp.mechanism)
    general.grade = .proof
    #expect(sharp.joined(with: general).mechanism == general.mechanism)
  }

  @Test func gradesGoUpAndDownByOne() {
    #expect(Grade.allCases.map(\.lowered) == [nil, .hint, .usual, .strong])
    #expect(Grade.allCases.map(\.raised) == [.usual, .strong, .proof, .proof])
  }
}
