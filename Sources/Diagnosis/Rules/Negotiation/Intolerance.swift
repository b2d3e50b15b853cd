import HandshakeModel
import NetworkProtocols
import TLSProtocol

extension Rule {
  /// The server, or something before it, chokes on a hello that is larger or stranger than one it takes.
  static let intolerance = Rule(.tlsIntolerance) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, ending.phase == .clientHello,
      ending.ender == .server || ending.manner == .silence, let hello = inquiry.hello, let working = inquiry.working,
      let other = inquiry.workingHello, working.showsWhatServerAccepts, inquiry.reachesSameServer
    else { return [] }
    if let alert = ending.alert, !alert.mayMeanIntolerance { return [] }
    if ending.manner == .silence, !connection.hasWaitedForAnswer { return [] }
    // Who answers in plaintext does not choke on TLS: it speaks none.
    if ending.alert == nil, connection.transcript.serverTLSOffset == nil, !connection.serverIsSilentToHello {
      return []
    }
    var reasons: [Evidence] = []
    var strength = 0
    let (size, usual) = (hello.messageLength, other.messageLength)
    if size > usual, size - usual >= 128 {
      reasons.append(inquiry.evidence(inquiry.helloFrames, "the ClientHello has \(size) bytes"))
      reasons.append(inquiry.workingEvidence(inquiry.workingHelloFrames, "the working one has \(usual)"))
      // Implementations were seen to choke on hellos of 256 to 511 bytes (RFC 7685 §1) and on those that fill more than
      // one packet; between these two, size is a guess.
      let isNotorious = ending.alert != nil || (256..<512).contains(size) && usual < 256 || size > 1200
      strength = !isNotorious ? 54 : size >= 2 * usual ? 84 : 66
    }
    let (pieces, usualPieces) = (connection.helloRecordCount, working.helloRecordCount)
    if pieces > usualPieces {
      reasons.append(inquiry.evidence(inquiry.helloFrames, "the ClientHello is split over \(pieces) records"))
      strength = max(strength, 82)
    }
    let segments = connection.network.client.dataSegments
    if segments > 1, working.helloSegmentCount == 1, connection.helloSegmentCount > 1, pieces <= usualPieces {
      reasons.append(
        inquiry.evidence(inquiry.helloFrames, "the ClientHello arrives in \(connection.helloSegmentCount) segments"))
      strength = max(strength, 72)
    }
    if hello.cipherSuites.contains(where: \.isGREASE), !other.cipherSuites.contains(where: \.isGREASE) {
      reasons.append(
        inquiry.evidence(inquiry.helloFrames, "the ClientHello carries GREASE values, the working one does not"))
      strength = max(strength, 50)
    }
    if Offer(hello: hello).offersTLS13, !Offer(hello: other).offersTLS13 {
      reasons.append(inquiry.evidence(inquiry.helloFrames, "the ClientHello offers TLS 1.3, the working one does not"))
      strength = max(strength, ending.alert == nil ? 84 : 76)
    }
    let unknown = hello.extensions.map(\.type).filter { !$0.isGREASE && !other.has($0) }
    if !unknown.isEmpty, strength == 0 {
      reasons.append(
        inquiry.evidence(
          inquiry.helloFrames, "the ClientHello carries \(Escaped.list(unknown)), which the working one does not"))
      strength = ending.alert == nil ? 46 : 62
    }
    guard strength > 0 else { return [] }
    // Nothing acknowledges a datagram: a lost one, or a server that is not there, looks the same.
    if connection.transport != .tcp, ending.manner == .silence { strength = min(strength, 45) }
    if ending.alert != nil {
      // An alert was chosen by somebody who read the hello: an offer that lacks what the server is known to use explains it
      // better than the hello's size.
      let explained = inquiry.suspicions().contains { $0.strength >= 60 }
      strength -= explained ? 30 : 4
      // Without the server's choice nothing excludes that the offer lacks it.
      if inquiry.workingServerHello == nil { strength = min(strength, 55) }
    }
    // Without an acknowledgment the hello never arrived; nobody can have choked on it.
    if connection.network.client.unacknowledgedBytes > 0 { return [] }
    let how =
      ending.alert.map { "answers with \($0.name) (\($0.rawValue))" }
      ?? (ending.manner == .silence ? "never answers" : "closes without an answer")
    return [
      Finding(
        .tlsIntolerance, strength,
        "The server or something in front of it \(how) when the ClientHello is larger or stranger than usual",
        evidence: reasons + (ending.frame.map { [inquiry.evidence([$0], "the server \(how)")] } ?? []))
    ]
  }
}

extension Connection {
  /// Records before the server's first answer that carry the client's hello.
  var helloRecordCount: Int {
    let answer = transcript.records.first { $0.sender == .server }?.frame ?? .max
    return transcript.records.count {
      $0.sender == .client && $0.record.contentType == .handshake && $0.frame <= answer
    }
  }

  /// Frames from the client's first data to its hello's last byte: 1 where it came in one.
  var helloSegmentCount: Int {
    guard let hello = transcript.clientHellos.first, let first = network.client.firstData, first.frame < hello.frame,
      transcript.clientTLSOffset == 0
    else { return 1 }
    return 2
  }
}

extension AlertDescription {
  /// What intolerant implementations were seen to say.
  var mayMeanIntolerance: Bool {
    [.decodeError, .illegalParameter, .handshakeFailure, .unexpectedMessage, .internalError, .recordOverflow].contains(
      self)
  }
}
