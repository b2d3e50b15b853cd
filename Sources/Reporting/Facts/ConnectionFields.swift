import HandshakeModel
import NetworkValues
import TLSProtocol

/// Everything known of one connection as labelled values, in sections.
enum ConnectionFields {
  struct Field {
    let label: String
    let value: String
    /// How deep it nests under the field before it.
    let depth: Int
    /// The value is copied: it stands on one line, however long.
    let isCopied: Bool
    init(_ label: String, _ value: String, depth: Int = 0, isCopied: Bool = false) {
      (self.label, self.value, self.depth, self.isCopied) = (label, value, depth, isCopied)
    }
  }

  struct Section {
    let title: String
    let fields: [Field]
  }

  static func overview(of connection: Connection, clock: Clock) -> [Field] {
    let duration = connection.ended.nanoseconds &- connection.started.nanoseconds
    var fields = [
      Field("client", "\(connection.client)"), Field("server", "\(connection.server)"),
      Field("transport", connection.transport.rawValue), Field("outcome", connection.outcome.rawValue),
      Field("frames", "\(connection.firstFrame) to \(connection.lastFrame)"),
      Field("Wireshark", DisplayFilter.text(connection), isCopied: true),
      Field("started", clock.text(connection.started)),
      Field("duration", Measures.duration(nanoseconds: duration)),
    ]
    if connection.roleBasis != .syn {
      fields.append(Field("roles by", connection.roleBasis == .port ? "port numbers" : "who sent the ClientHello"))
    }
    if let name = StackNames.client(connection) { fields.append(Field("client looks like", name)) }
    if let name = StackNames.server(connection) { fields.append(Field("server looks like", name)) }
    if let negotiated = Negotiated(connection.transcript) {
      fields.append(Field("version", negotiated.version.name))
      fields.append(Field("cipher suite", negotiated.cipherSuite.name))
      if let group = negotiated.group { fields.append(Field("group", group.name)) }
      if let chosen = negotiated.applicationProtocol { fields.append(Field("ALPN", chosen)) }
      if negotiated.isResumed { fields.append(Field("resumed", "yes")) }
    }
    if connection.transcript.decryption != .none {
      fields.append(Field("key log", keyLogResult(connection.transcript.decryption)))
    }
    return fields
  }

  private static func keyLogResult(_ decryption: Decryption) -> String {
    switch decryption {
    case .none: "not given"
    case .noSecrets: "holds no secrets for this connection"
    case .failed: "holds secrets, but they do not open the records"
    case .succeeded: "opened the encrypted records"
    }
  }

  static func sections(of connection: Connection) -> [Section] {
    let transcript = connection.transcript
    var sections: [Section] = []
    for (index, hello) in transcript.clientHellos.enumerated() {
      let number = transcript.clientHellos.count > 1 ? " \(index + 1)" : ""
      sections.append(
        Section(
          title: "ClientHello\(number) (frame \(hello.frame))",
          fields: HelloFields.fields(of: hello.value, over: connection.transport)))
    }
    for hello in transcript.serverHellos {
      let name = hello.value.isHelloRetryRequest ? "HelloRetryRequest" : "ServerHello"
      sections.append(Section(title: "\(name) (frame \(hello.frame))", fields: HelloFields.fields(of: hello.value)))
    }
    if let observed = transcript.encryptedExtensions {
      sections.append(
        Section(
          title: "EncryptedExtensions (frame \(observed.frame))",
          fields: HelloFields.fields(of: observed.value.extensions, in: .encryptedExtensions)))
    }
    sections += certificates(transcript.serverCertificates, of: "server")
    sections += certificates(transcript.clientCertificates, of: "client")
    if let staple = transcript.stapledOCSPResponse {
      sections.append(
        Section(
          title: "OCSP staple (frame \(staple.frame))",
          fields: RareFields.fields(of: staple.value, leaf: transcript.serverCertificates?.value.first)))
    }
    if let facts = RareFacts(connection) {
      sections.append(Section(title: "Features", fields: RareFields.fields(of: facts)))
    }
    if let facts = connection.quic {
      sections.append(Section(title: "QUIC", fields: DatagramFields.fields(of: facts)))
    }
    if let facts = connection.dtls {
      sections.append(Section(title: "DTLS", fields: DatagramFields.fields(of: facts)))
    }
    sections.append(Section(title: "Network", fields: NetworkFields.fields(of: connection.network)))
    return sections
  }

  private static func certificates(_ chain: Observed<[Certificate]>?, of owner: String) -> [Section] {
    guard let chain else { return [] }
    if chain.value.isEmpty {
      return [
        Section(
          title: "Certificate of the \(owner) (frame \(chain.frame))",
          fields: [Field("chain", "empty: the \(owner) was asked and sent none")])
      ]
    }
    return chain.value.enumerated().map { index, certificate in
      Section(
        title: "Certificate \(index + 1) of \(chain.value.count) of the \(owner) (frame \(chain.frame))",
        fields: CertificateFields.fields(of: certificate.facts))
    }
  }
}
