/// Which of several findings goes before which: words and sets, never numbers.
extension Finding {
  /// Whether this finding of one code goes before that of another.
  ///
  /// The grade decides first. Among equals what packets contradict goes last; what the capture surely lacks goes first,
  /// since it may be what decides; what says of itself that the other is the commoner reading goes behind it; what an
  /// endpoint says in so many words goes before what was inferred; who explains
  /// all that the other explains, and more, goes before it; and then the lower layer does.
  func beats(_ other: Finding) -> Bool {
    if grade != other.grade { return grade > other.grade }
    if isContradicted != other.isContradicted { return other.isContradicted }
    if surelyLacksPackets != other.surelyLacksPackets { return surelyLacksPackets }
    if yields.contains(other.code) != other.yields.contains(code) { return other.yields.contains(code) }
    if told != other.told { return told > other.told }
    if covers(other) != other.covers(self) { return covers(other) }
    return code.isBelow(other.code)
  }

  /// Whether this finding goes before another one of the same code, and so gives it headline and advice: the surer one,
  /// the one that explains more, a sharper mechanism before the general one, and the first of equals.
  func leads(_ other: Finding) -> Bool {
    if grade != other.grade { return grade > other.grade }
    if covers(other) != other.covers(self) { return covers(other) }
    return mechanism?.detail != nil || other.mechanism?.detail == nil
  }

  /// Two witnesses leave no doubt: an endpoint that says so in so many words beside any that makes it likely, or the
  /// likely word of an endpoint beside packets that show it strongly.
  private func agreesForCertain(with other: Finding) -> Bool {
    let (surer, weaker) = (max(told, other.told), min(told, other.told))
    let grade = min(grade, other.grade)
    return surer == .certain ? grade >= .usual : surer == .likely && weaker == .possible && grade >= .strong
  }

  private var surelyLacksPackets: Bool { code == .captureIncomplete && grade >= .strong }

  /// It explains all that the other one explains, and more.
  private func covers(_ other: Finding) -> Bool { explained.isStrictSuperset(of: other.explained) }

  /// Both findings of one code as one, with the evidence of both.
  func joined(with other: Finding) -> Finding {
    let (first, second) = leads(other) ? (self, other) : (other, self)
    var joined = first
    if agreesForCertain(with: other) { joined.grade = .proof }
    joined.evidence += second.evidence.filter { !first.evidence.contains(where: $0.says) }
    joined.explained.formUnion(second.explained)
    joined.told = max(told, other.told)
    joined.isContradicted = isContradicted && other.isContradicted
    return joined
  }
}

extension [Finding] {
  /// The findings of several codes, each behind those that beat it.
  var ranked: [Finding] {
    var (left, ranked) = (self, [Finding]())
    while let next = left.indices.first(where: { place in
      !left.indices.contains { $0 != place && left[$0].beats(left[place]) }
    }) ?? left.indices.max(by: { left[$0].grade < left[$1].grade }) {
      ranked.append(left.remove(at: next))
    }
    return ranked
  }
}

extension CauseCode {
  /// Cases stand bottom-up.
  fileprivate func isBelow(_ other: CauseCode) -> Bool {
    (Self.places[self] ?? 0) < (Self.places[other] ?? 0)
  }

  private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
