import HandshakeModel
import NetworkValues
import TLSProtocol

extension Inquiry {
  /// The stacks of the two sides, as their logs or their ways of writing show them; nil where nothing does.
  func stacks(_ advisor: inout Advisor) -> Stacks {
    advisor.stacks(client: connection, server: working ?? connection, logs: logs)
  }

  /// The protocol that is spoken around TLS, as far as plaintext shows it.
  var spokenProtocol: PlaintextKind? { connection?.spokenProtocol ?? working?.spokenProtocol }
}

extension Connection {
  /// The protocol that the plaintext shows: the server's, or what the client asked; nil where neither is known.
  var spokenProtocol: PlaintextKind? {
    let known = transcript.plaintext.filter { $0.kind != .unknown && !$0.kind.isForProxy }
    return (known.first { $0.sender == .server } ?? known.first)?.kind
  }
}

extension RemedyContext {
  /// What the story says about names, addresses and offers, for commands that can be pasted.
  init(_ inquiry: Inquiry) {
    self.init()
    spoken = inquiry.spokenProtocol
    serverName = inquiry.hello?.serverName ?? inquiry.workingHello?.serverName ?? inquiry.attempt.lookups.first?.name
    if let server = inquiry.connection?.server {
      address = server.address.description
      port = server.port
      failingFamily = AddressFamily(server.address)
    }
    if let server = inquiry.working?.server {
      workingAddress = server.address.description
      workingFamily = AddressFamily(server.address)
      port = port ?? server.port
    }
    if let hello = inquiry.hello {
      let offer = Offer(hello: hello)
      offeredVersions = offer.versions
      offeredSuites = offer.suites
      offeredGroups = offer.groups
      offeredProtocols = hello.applicationProtocols
    }
    let answer = inquiry.workingServerHello
    acceptedVersion = answer?.version
    acceptedSuite = answer?.cipherSuite
    acceptedGroup = inquiry.workingGroup
    acceptedSignatureScheme = inquiry.workingScheme
    acceptedProtocol =
      answer?.applicationProtocol ?? inquiry.working?.transcript.encryptedExtensions?.value.applicationProtocol
    if let leaf = inquiry.connection?.transcript.serverCertificates?.value.first?.facts {
      certificateNames = leaf.dnsNames + leaf.ipAddresses
      issuer = leaf.issuer
    }
  }
}
