import HandshakeModel
import TLSProtocol

extension Rule {
  /// The server name: missing where the server needs one, or one that it does not know.
  static let serverName = Rule(.tlsSNIMissing, .tlsSNIUnrecognized) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending, ending.ender == .server,
      ending.phase == .clientHello || ending.phase == .serverHello, let frame = ending.frame, let hello = inquiry.hello
    else { return [] }
    let name = hello.serverName
    let workingName = inquiry.workingHello?.serverName
    let how = ending.alert.map { "server alert \($0.name) (\($0.rawValue))" } ?? "the server closes without an alert"
    let last = inquiry.evidence([frame], how)
    let workingEvidence =
      workingName.map {
        [inquiry.workingEvidence(inquiry.workingHelloFrames, "the working client names \(Escaped.text($0))")]
      } ?? []

    guard let name else {
      guard let strength = strengthWithoutName(ending, connection, inquiry) else { return [] }
      return [
        Finding(
          .tlsSNIMissing, strength, "The client sends no server name (SNI), and the server needs one",
          evidence: [last, inquiry.evidence(inquiry.helloFrames, "the ClientHello has no server_name extension")]
            + workingEvidence)
      ]
    }
    var strength = 0
    switch ending.alert {
    case .unrecognizedName: strength = 96
    case .accessDenied: strength = workingName != nil && workingName != name ? 88 : 60
    // Go servers say so where no certificate is found for the name; other servers for many things.
    case .internalError where workingName == nil: strength = 40
    case .internalError, .handshakeFailure:
      strength = workingName != nil && workingName != name && inquiry.reachesSameServer ? 74 : 0
    // Whose close it was is told by what the server sent before: a reset may be somebody else's.
    case nil where connection.network.synAck != nil:
      strength =
        workingName != nil && workingName != name && inquiry.reachesSameServer
          && ending.isSilentClose && connection.serverIsSilent ? 70 : 0
    default: break
    }
    guard strength > 0 else { return [] }
    return [
      Finding(
        .tlsSNIUnrecognized, strength,
        "The server does not know the name \(Escaped.text(name)) that the client asks for",
        evidence: [last, inquiry.evidence(inquiry.helloFrames, "the ClientHello names \(Escaped.text(name))")]
          + (workingName == name ? [] : workingEvidence))
    ]
  }

  private static func strengthWithoutName(_ ending: Ending, _ connection: Connection, _ inquiry: Inquiry) -> Int? {
    let isNamedElsewhere = inquiry.workingHello?.serverName != nil
    switch ending.alert {
    case .unrecognizedName: return 96
    case .missingExtension: return isNamedElsewhere ? 95 : 82
    case .accessDenied, .internalError: return isNamedElsewhere ? 90 : 66
    case .handshakeFailure: return isNamedElsewhere ? 72 : 40
    case nil:
      guard isNamedElsewhere, connection.network.synAck != nil, ending.isSilentClose || ending.isEncryptedAlert else {
        return nil
      }
      // Another server may close for reasons of its own.
      guard inquiry.reachesSameServer else { return 55 }
      return connection.serverIsSilent ? 82 : 60
    default: return nil
    }
  }
}
