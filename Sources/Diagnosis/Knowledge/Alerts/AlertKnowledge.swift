public import TLSProtocol

/// What an alert means, who sends it, and which causes it speaks for.
public struct AlertKnowledge: Sendable, Hashable {
  /// The alert that is explained.
  public var description: AlertDescription
  /// One or two sentences.
  public var meaning: String
  /// The causes that it speaks for when the server, or the client, sends it; likeliest first.
  public var causesFromServer: [CauseCode]
  /// The same where the client sends it.
  public var causesFromClient: [CauseCode]
  /// What single stacks mean by it.
  public var stackNotes: [StackNote] {
    StackProfile.all.compactMap { stack in
      stack.alertNotes[description].map { StackNote(family: stack.family, text: $0) }
    }
  }

  /// How one stack uses the alert.
  public struct StackNote: Sendable, Hashable {
    /// The stack.
    public var family: StackFamily
    /// Its habit, in words.
    public var text: String
  }

  init(
    _ description: AlertDescription, _ meaning: String, server: [CauseCode] = [], client: [CauseCode] = []
  ) {
    self.description = description
    self.meaning = meaning
    causesFromServer = server
    causesFromClient = client
  }

  /// The causes that it speaks for when this side sends it; likeliest first.
  public func causes(from sender: Role) -> [CauseCode] {
    sender == .server ? causesFromServer : causesFromClient
  }
}

/// What is known of alerts.
public enum Alerts {
  /// What an alert means; nil for one that nobody has defined.
  public static func knowledge(_ description: AlertDescription) -> AlertKnowledge? {
    all.first { $0.description == description }
  }

  /// The causes that an alert speaks for, likeliest first; empty where it names none.
  public static func causes(of description: AlertDescription, from sender: Role) -> [CauseCode] {
    knowledge(description)?.causes(from: sender) ?? []
  }

  /// Whether the alert by itself names its cause, whoever knows nothing else.
  public static func isTelling(_ description: AlertDescription, from sender: Role) -> Bool {
    telling.contains(description) && !causes(of: description, from: sender).isEmpty
  }

  private static let telling: Set<AlertDescription> = [
    .certificateRevoked, .certificateExpired, .protocolVersion, .inappropriateFallback,
    .badCertificateStatusResponse, .certificateRequired, .noApplicationProtocol, .unknownPSKIdentity,
  ]

  /// Every alert that has been defined, by number.
  public static let all: [AlertKnowledge] = closing + handshake + certificate + extensions
}
