import HandshakeModel
import TLSProtocol

/// What the client did that may be its answer to the server's certificate: it ended the handshake behind it, or it
/// completed the handshake and left at once.
struct Objection {
  private enum Manner {
    /// In the handshake; the client may have thought for long before it closed.
    case refusal(Refusal, hesitated: Bool)
    case departure(Departure)
  }

  /// What an objection may be about.
  enum Matter {
    /// A fault that the certificate shows by itself.
    case fault
    /// A certificate that is its own authority.
    case selfSignature
    /// An authority, which only the client knows whether it trusts.
    case authority
  }

  private let manner: Manner
  private let inquiry: Inquiry

  init?(_ inquiry: Inquiry) {
    if let refusal = Refusal(inquiry) {
      manner = .refusal(refusal, hesitated: inquiry.clientHesitated)
    } else if let departure = Departure(inquiry) {
      manner = .departure(departure)
    } else {
      return nil
    }
    self.inquiry = inquiry
  }

  /// The client's alert, where it can be read.
  var alert: AlertDescription? {
    if case .refusal(let refusal, _) = manner { return refusal.alert }
    return nil
  }

  /// The client may have said why, in what the capture lost.
  var mayHaveLostWords: Bool {
    if case .refusal(let refusal, _) = manner { return refusal.mayHaveLostWords }
    return false
  }

  /// That the client objects to this, which the observations show; nil where the manner says nothing of the matter.
  func claim(
    _ grade: Grade?, _ headline: String, _ observations: [Observation], about matter: Matter = .fault
  ) -> Claim? {
    guard let grade else { return nil }
    // Other alerts than those that the client's stack sends for want of a trusted authority are about something else.
    if matter != .fault, !inquiry.maySpeakOfTrust(inquiry.ending?.alert) { return nil }
    switch manner {
    case .refusal(let refusal, let hesitated):
      return Self.weigh(grade, refusal, hesitated, matter).map {
        Claim($0, headline, observations + [refusal.ending])
      }
    case .departure(let departure):
      guard let contrast = departure.contrast else {
        // Programs that merely test a server leave like this as well: only what the certificate itself shows counts.
        guard matter == .fault else { return nil }
        return Claim(min(grade, departure.missedAnswer ? .usual : .hint), headline, observations + [departure.ending])
      }
      return departure.weigh(grade, about: matter).map {
        Claim($0, headline, observations + [departure.ending, contrast])
      }
    }
  }

  private static func weigh(_ grade: Grade, _ refusal: Refusal, _ hesitated: Bool, _ matter: Matter) -> Grade? {
    guard let alert = refusal.alert else {
      // A close without a word may have any reason: the certificate's fault is the likeliest, and no more.
      // One that came late, or behind half a flight, may be a timeout as well; a fault that shows still makes it likely.
      return min(grade, !hesitated ? .strong : matter == .authority ? .hint : .usual)
    }
    // A handshake_failure or internal_error has many reasons; the certificate's faults are only likely.
    return alert.concernsCertificate ? grade : grade.lowered
  }
}

extension Departure {
  /// How strongly the client's leave, beside one that stayed, speaks of the matter.
  func weigh(_ grade: Grade, about matter: Objection.Matter) -> Grade? {
    let grade = min(grade, .strong)
    guard matter == .authority else { return grade }
    return wasFatal ? grade.lowered : grade.lowered?.lowered
  }
}
