import HandshakeModel
import NetworkValues
import TLSProtocol

extension Ladder {
  /// What the two sides said: plaintext, handshake messages, alerts.
  static func messageSteps(of connection: Connection) -> [LadderStep] {
    let transcript = connection.transcript
    var steps = transcript.plaintext.map { note in
      LadderStep(
        time: note.time, frames: [note.frame], sender: note.sender, title: note.kind.rawValue,
        details: note.excerpt.isEmpty ? [] : ["“\(note.excerpt)”"])
    }
    var clientHellos = transcript.clientHellos[...]
    var serverHellos = transcript.serverHellos[...]
    for message in transcript.messages {
      var step = LadderStep(
        time: message.time, frames: [message.frame], sender: message.sender, title: message.type.messageName, rank: 1)
      switch (message.type, message.sender) {
      case (.clientHello, .client):
        if let hello = clientHellos.popFirst() { step.details = HelloFacts.lines(hello.value) }
      case (.serverHello, .server):
        if let hello = serverHellos.popFirst() {
          if hello.value.isHelloRetryRequest { step.title = "HelloRetryRequest" }
          step.details = HelloFacts.lines(hello.value)
        }
      default: step.details = details(of: message, in: transcript)
      }
      if message.isDecrypted { step.remark = "decrypted" }
      steps.append(step)
    }
    // Hellos without a message of their own: SSLv2's format has none, and the list of messages is bounded.
    steps += clientHellos.map { hello in
      LadderStep(
        time: hello.time, frames: [hello.frame], sender: .client, title: "ClientHello",
        details: HelloFacts.lines(hello.value), rank: 1)
    }
    steps += serverHellos.map { hello in
      LadderStep(
        time: hello.time, frames: [hello.frame], sender: .server,
        title: hello.value.isHelloRetryRequest ? "HelloRetryRequest" : "ServerHello",
        details: HelloFacts.lines(hello.value), rank: 1)
    }
    steps += transcript.alerts.map { step(of: $0, isFailure: connection.outcome != .established) }
    steps += transcript.malformed.map { note in
      LadderStep(
        time: time(of: note.frame, in: connection), frames: [note.frame], sender: note.sender, title: "malformed",
        details: [LadderStep.Detail(note.text)], tone: .bad, rank: 1)
    }
    return steps
  }

  private static func details(of message: MessageNote, in transcript: Transcript) -> [LadderStep.Detail] {
    switch (message.type, message.sender) {
    case (.encryptedExtensions, _):
      return transcript.encryptedExtensions?.value.applicationProtocol.map { [LadderStep.Detail("ALPN \($0)")] } ?? []
    case (.certificate, .server): return CertificateLines.chain(transcript.serverCertificates?.value)
    case (.certificate, .client): return CertificateLines.chain(transcript.clientCertificates?.value)
    case (.serverKeyExchange, .server):
      let exchange = transcript.serverKeyExchange?.value
      let group = exchange?.group?.name ?? exchange?.primeBits.map { "DH \($0) bits" }
      return [group, exchange?.signatureScheme?.name].compactMap { $0.map { LadderStep.Detail($0) } }
    case (.certificateRequest, _):
      let count = transcript.certificateRequest?.value.authorities.count ?? 0
      return count > 0 ? [LadderStep.Detail("names " + Measures.count(count, "accepted CA"))] : []
    case (.certificateVerify, .server):
      return transcript.serverCertificateVerify?.value.signatureScheme.map { [LadderStep.Detail($0.name)] } ?? []
    case (.certificateVerify, .client):
      return transcript.clientCertificateVerify?.value.signatureScheme.map { [LadderStep.Detail($0.name)] } ?? []
    default: return []
    }
  }

  private static func step(of note: AlertNote, isFailure: Bool) -> LadderStep {
    var step = LadderStep(time: note.time, frames: [note.frame], sender: note.sender, title: "Alert", rank: 2)
    guard let alert = note.alert else {
      step.details = [
        LadderStep.Detail("encrypted, \(Measures.bytes(UInt64(clamping: note.recordLength)))", comparing: "")
      ]
      // Behind a completed handshake it is a close_notify, most likely.
      step.tone = isFailure ? .bad : .quiet
      return step
    }
    step.details = ["\(alert.level.name) \(alert.description.name) (\(alert.description.rawValue))"]
    if note.isEncrypted { step.remark = "decrypted" }
    // close_notify ends a connection in good order.
    step.tone = alert.description == .closeNotify ? .quiet : .bad
    return step
  }

  /// Malformed messages carry no time of their own; a record of the same frame has it.
  private static func time(of frame: Int, in connection: Connection) -> Timestamp {
    connection.transcript.records.first { $0.frame == frame }?.time ?? connection.started
  }
}

extension HandshakeType {
  /// As protocol texts write it: `server_hello_done` is `ServerHelloDone`.
  var messageName: String {
    guard let registeredName else { return "message type \(rawValue)" }
    return registeredName.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
