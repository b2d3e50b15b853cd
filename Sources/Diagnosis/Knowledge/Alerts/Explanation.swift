public import TLSProtocol

/// What `tlswhy explain` prints about a cause code or an alert: plain values, rendered elsewhere.
public struct Explanation: Sendable, Hashable {
  /// As in `cert.untrusted: Certificate authority not trusted` or `Alert 48: unknown_ca`.
  public var title: String
  /// What it means.
  public var paragraphs: [String]
  /// What helps, and what to look at, under titles.
  public var sections: [Section]

  /// A heading with its entries.
  public struct Section: Sendable, Hashable {
    /// What the entries are.
    public var title: String
    /// In the order of their use.
    public var entries: [Entry]
  }

  /// A line, with a command or setting to copy where there is one.
  public struct Entry: Sendable, Hashable {
    /// What the line is about, as in `Java client`; may be empty.
    public var label: String
    /// In words.
    public var text: String
    /// A line for a POSIX shell; nil where there is none.
    public var command: String?

    init(_ label: String, _ text: String, command: String? = nil) {
      (self.label, self.text, self.command) = (label, text, command)
    }
  }

  /// Looks up a cause code (`tls.alpn`), a mechanism (`tls.alpn/after-server-hello`), an alert's name in any spelling (`unknown_ca`, `UnknownCA`, `unknown ca`) or
  /// number (`48`, `0x30`); nil for anything else.
  public static func lookup(_ text: String) -> Explanation? {
    let word = String(text.prefix(64)).trimmingSpaces()
    if let code = CauseCode(rawValue: word.lowercased()) { return Explanation(code) }
    if let mechanism = Mechanism.named(word.lowercased()) { return Explanation(mechanism) }
    if let number = AlertNames.number(word) {
      return Explanation(AlertDescription(rawValue: number))
    }
    return AlertNames.alert(named: word).flatMap { Explanation($0) }
  }

  /// What can be looked up, for a message about a text that cannot.
  public static var suggestions: String {
    "a cause code such as cert.untrusted, a mechanism such as cert.expired/clock, or an alert's name or number such as "
      + "handshake_failure or 40; --list lists codes and mechanisms"
  }
}

extension Explanation {
  /// Every cause code, bottom-up, each followed by its mechanisms.
  public static var list: [Explanation] {
    CauseCode.allCases.flatMap { code in [Explanation(code)] + code.mechanisms.map { Explanation($0) } }
  }

  /// Everything known of a cause.
  public init(_ code: CauseCode) {
    title = "\(code.rawValue): \(code.title)"
    paragraphs = [code.meaning, "What packets show: \(code.passiveEvidence)."]
    sections = []
    let mechanisms = code.mechanisms.map { Entry($0.id.description, $0.about.title) }
    if !mechanisms.isEmpty { sections.append(Section(title: "How it comes about", entries: mechanisms)) }
    sections += Self.advice(code.mechanism.advice)
    let alerts = Alerts.all.flatMap { alert in
      [Role.server, .client].compactMap { side in
        alert.causes(from: side).contains(code)
          ? Entry("\(alert.description.name) (\(alert.description.rawValue))", "from the \(side.rawValue)") : nil
      }
    }
    if !alerts.isEmpty { sections.append(Section(title: "Alerts that can mean it", entries: alerts)) }
  }

  /// Everything known of a sharper mechanism than a code's general one; `isBrief` leaves out what that says as well.
  init(_ mechanism: Mechanism, isBrief: Bool = false) {
    title = "\(mechanism.id): \(mechanism.about.title)"
    paragraphs = [mechanism.about.meaning, "What packets show: \(mechanism.about.passiveEvidence)."]
    let general = mechanism.id.code.mechanism.advice
    sections = Self.advice(isBrief ? mechanism.advice : mechanism.advice.completed(by: general))
  }

  /// What helps and what confirms.
  private static func advice(_ advice: Advice) -> [Section] {
    let remedies = Audience.allCases.flatMap { audience in
      [Role.client, .server].flatMap { side in
        (advice.remedies(for: side)[audience] ?? []).map { template in
          let name = audience == .any ? "Any \(side.rawValue)" : "\(audience.rawValue) \(side.rawValue)"
          let remedy = template.remedy(for: name, RemedyContext())
          return Entry(name, remedy.text, command: remedy.command)
        }
      }
    }
    let steps = NextSteps.steps(advice, client: nil, server: nil, RemedyContext())
      .map { Entry("", $0.text, command: $0.command) }
    return (remedies.isEmpty ? [] : [Section(title: "What to do", entries: remedies)])
      + (steps.isEmpty ? [] : [Section(title: "How to confirm", entries: steps)])
  }

  /// Everything known of an alert; nil for one that nobody has defined.
  public init?(_ description: AlertDescription) {
    guard let alert = Alerts.knowledge(description) else { return nil }
    title = "Alert \(description.rawValue): \(description.name)"
    paragraphs = [alert.meaning]
    sections = []
    for side in [Role.server, .client] {
      let entries = alert.causes(from: side).map { Entry($0.rawValue, $0.title) }
      if !entries.isEmpty {
        sections.append(Section(title: "When the \(side.rawValue) sends it, likeliest first", entries: entries))
      }
    }
    let notes = alert.stackNotes.map { Entry($0.family.rawValue, $0.text) }
    if !notes.isEmpty { sections.append(Section(title: "What single stacks mean by it", entries: notes)) }
  }
}
