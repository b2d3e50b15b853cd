/// What a cause code or a mechanism means, in words.
public struct CauseDescription: Sendable, Hashable {
  /// A few words, as a heading.
  public var title: String
  /// One or two sentences.
  public var meaning: String
  /// What packets alone show of it.
  public var passiveEvidence: String

  init(_ title: String, _ meaning: String, evidence: String) {
    (self.title, self.meaning, passiveEvidence) = (title, meaning, evidence)
  }
}

extension CauseCode {
  /// A few words, as a heading.
  public var title: String { mechanism.about.title }
  /// One or two sentences that say what is wrong.
  public var meaning: String { mechanism.about.meaning }
  /// What packets alone show of the cause.
  public var passiveEvidence: String { mechanism.about.passiveEvidence }
  /// The stage at which a handshake with this cause departs from one that works.
  public var stage: Stage? { mechanism.stage }

  /// The sharper mechanisms of the code, in the list's order.
  var mechanisms: [Mechanism] { Mechanism.allNamed.filter { $0.id.code == self && $0.id.detail != nil } }

  /// The general mechanism of the code, which is there for every code (a test sees to it).
  var mechanism: Mechanism { Mechanism.general[self] ?? .tlsUnknown }
}

extension Mechanism {
  /// The mechanism of each code that stands for all stories that no sharper one explains.
  static let general: [CauseCode: Mechanism] = Dictionary(
    all.filter { $0.id.detail == nil }.map { ($0.id.code, $0) }, uniquingKeysWith: { first, _ in first })

  /// Every mechanism by its identifier.
  private static let byID = Dictionary(
    allNamed.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  static func of(_ id: MechanismID) -> Mechanism? { byID[id] }

  /// Looks up a mechanism by its public name.
  static func named(_ name: String) -> Mechanism? {
    allNamed.first { $0.id.description == name }
  }
}
