import TLSProtocol

/// What is known of one TLS implementation. Each has a file of its own in this folder, which holds all of it;
/// ``StackProfile/all`` lists them, and whatever asks about stacks looks there.
struct StackProfile: Sendable {
  /// Which one it is.
  let family: StackFamily
  /// What people call it where that is another name, as in `Java`.
  let commonName: String?
  /// Whom remedies for it are for, the most specific first; empty where no remedy is written for it.
  let audiences: [Audience]
  /// Programs above it that show themselves, or that people configure. Where a hello shows several, the first counts.
  let programs: [StackProgram]
  /// How its ClientHello looks.
  let hello: Hello
  /// How it answers as a server; nil where the answer is not its, or nothing is known of its answers.
  let answer: @Sendable (ServerAnswer) -> Answer?
  /// The alerts by which its clients may say that they found no authority that they trust: an alert beside these speaks
  /// of something else. Nil where its habit is not known.
  let trustAlerts: [AlertDescription]?
  /// What it means by an alert, in words.
  var alertNotes: [AlertDescription: String] { makeAlertNotes() }
  /// What it calls alerts where it does not use the registry's names.
  var alertSpellings: [String: AlertDescription] { makeAlertSpellings() }
  /// What its errors and debug logs say.
  var logs: [LogPattern] { makeLogs() }
  /// How to make one side say what it saw: a log, or the keys of its connections.
  let logging: @Sendable (LoggingSide) -> [NextStep]

  // Made when they are asked for: most runs look at hellos only, and start sooner without these tables.
  private let makeAlertNotes: @Sendable () -> [AlertDescription: String]
  private let makeAlertSpellings: @Sendable () -> [String: AlertDescription]
  private let makeLogs: @Sendable () -> [LogPattern]

  /// Whether its ClientHello can be told from others'.
  enum Hello: Sendable {
    case signature(StackSignature)
    /// It cannot, and why.
    case notRecognised(String)
  }

  /// How surely a server's answer is the stack's, and by what.
  struct Answer: Sendable {
    var confidence: Confidence
    /// In words; strongest first.
    var traits: [String]
    /// The program, where the answer gives it away.
    var product: StackProduct?

    init(_ confidence: Confidence, _ traits: [String], product: StackProduct? = nil) {
      (self.confidence, self.traits, self.product) = (confidence, traits, product)
    }
  }

  init(
    family: StackFamily, commonName: String? = nil, audiences: [Audience] = [], programs: [StackProgram] = [],
    hello: Hello, answer: @escaping @Sendable (ServerAnswer) -> Answer? = { _ in nil },
    trustAlerts: [AlertDescription]? = nil,
    alertNotes: @autoclosure @escaping @Sendable () -> [AlertDescription: String] = [:],
    alertSpellings: @autoclosure @escaping @Sendable () -> [String: AlertDescription] = [:],
    logs: @autoclosure @escaping @Sendable () -> [LogPattern] = [],
    logging: @escaping @Sendable (LoggingSide) -> [NextStep]
  ) {
    self.family = family
    self.commonName = commonName
    self.audiences = audiences
    self.programs = programs
    self.hello = hello
    self.answer = answer
    self.trustAlerts = trustAlerts
    makeAlertNotes = alertNotes
    makeAlertSpellings = alertSpellings
    makeLogs = logs
    self.logging = logging
  }

  /// The signature of its ClientHello, where there is one.
  var signature: StackSignature? {
    if case .signature(let signature) = hello { signature } else { nil }
  }
}
