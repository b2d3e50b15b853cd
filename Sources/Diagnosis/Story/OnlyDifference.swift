import HandshakeModel
import TLSProtocol

/// A part of a ClientHello that may be all in which it differs from one that its server takes.
enum HelloPart: Hashable {
  case serverName
  case protocols
  case session
  case groups
  case other
}

extension Inquiry {
  /// The one part in which the refused hello differs from the working one, as far as servers look at it; nil where there
  /// are more, none, or where the server did not refuse the hello itself.
  ///
  /// Random values, key shares, orders and lengths follow from the rest, or are made up anew each time.
  var onlyDifference: HelloPart? {
    guard servesWorkingClient, let hello, let other = workingHello, let connection, let ending, ending.refusesHello,
      connection.network.synAck != nil, !connection.network.lacksBytes,
      serverAnsweredWholeHello, connection.helloRetryRequest == nil,
      connection.transcript.serverTLSOffset != nil || connection.serverIsSilentToHello
    else { return nil }
    let (one, two) = (Offer(hello: hello), Offer(hello: other))
    var parts: Set<HelloPart> = []
    if hello.serverName != other.serverName { parts.insert(.serverName) }
    if hello.applicationProtocols != other.applicationProtocols { parts.insert(.protocols) }
    if one.resumes != two.resumes { parts.insert(.session) }
    if Set(one.groups) != Set(two.groups) { parts.insert(.groups) }
    if Set(one.suites) != Set(two.suites) || Set(one.schemes) != Set(two.schemes)
      || Set(one.versions) != Set(two.versions)
      || Self.otherExtensions(hello) != Self.otherExtensions(other)
    {
      parts.insert(.other)
    }
    return parts.count == 1 ? parts.first : nil
  }

  /// The extensions that belong to none of the other parts.
  private static func otherExtensions(_ hello: ClientHello) -> Set<ExtensionType> {
    Set(hello.extensions.map(\.type).filter { !$0.isGREASE })
      .subtracting([
        .serverName, .applicationLayerProtocolNegotiation, .preSharedKey, .sessionTicket, .pskKeyExchangeModes,
        .earlyData,
        .padding,
      ])
  }

  /// That this part is all in which the two hellos differ.
  func claim(onlyDifference part: HelloPart, _ kind: ObservationKind, _ failing: String, _ working: String) -> Claim? {
    guard onlyDifference == part, let last = endingObservation else { return nil }
    return Claim(
      .usual,
      "The server refuses the hello, whose only difference to the working one is this: \(failing), there \(working)",
      [
        last, observed(kind, helloFrames, "the ClientHello: \(failing)"),
        observedWorking(kind, workingHelloFrames, "the working ClientHello: \(working)"),
      ])
  }
}
