import HandshakeModel
import TLSProtocol

/// A client that starts TLS at once where the protocol wants to be asked for it: one mechanism a protocol, for the way of
/// asking is the protocol's own.
extension Mechanism {
  static let appStartTLSSMTP = startTLS(
    .smtp, asks: "STARTTLS (RFC 3207)",
    java: "JavaMail: set mail.smtp.starttls.enable=true, and leave mail.smtp.ssl.enable off on this port",
    curl: "curl -v --ssl-reqd smtp://{endpoint}",
    instead: "Use the client's STARTTLS mode on this port{not-on-465|, or port 465, where TLS comes first}")
  static let appStartTLSIMAP = startTLS(
    .imap, asks: "STARTTLS (RFC 9051)",
    java: "JavaMail: set mail.imap.starttls.enable=true, and leave mail.imap.ssl.enable off on this port",
    curl: "curl -v --ssl-reqd imap://{endpoint}",
    instead: "Use the client's STARTTLS mode on this port{not-on-993|, or port 993, where TLS comes first}")
  static let appStartTLSPOP3 = startTLS(
    .pop3, asks: "STLS (RFC 2595)",
    java: "JavaMail: set mail.pop3.starttls.enable=true, and leave mail.pop3.ssl.enable off on this port",
    curl: "curl -v --ssl-reqd pop3://{endpoint}",
    instead: "Use the client's STARTTLS mode on this port{not-on-995|, or port 995, where TLS comes first}")
  static let appStartTLSFTP = startTLS(
    .ftp, asks: "AUTH TLS (RFC 4217)", curl: "curl -v --ssl-reqd ftp://{endpoint}",
    instead: "Use the client's explicit FTPS mode on this port{not-on-990|, or port 990, where TLS comes first}")
  static let appStartTLSLDAP = startTLS(
    .ldap, asks: "the StartTLS operation (RFC 4511)",
    instead: "Use ldap:// with StartTLS on this port{not-on-636|, or ldaps:// on port 636}",
    command: "ldapsearch -ZZ -x -H ldap://{endpoint} -s base -b ''")
  static let appStartTLSXMPP = startTLS(
    .xmpp, asks: "<starttls/> (RFC 6120)",
    instead: "Use the client's STARTTLS mode on this port, or the server's port for direct TLS (XEP-0368)")
  static let appStartTLSIRC = startTLS(
    .irc, asks: "STARTTLS",
    instead: "Use {not-on-6697|the server's TLS port, mostly 6697, or }no TLS on this port")
  static let appStartTLSNNTP = startTLS(
    .nntp, asks: "STARTTLS (RFC 4642)",
    instead: "Use the client's STARTTLS mode on this port{not-on-563|, or port 563, where TLS comes first}")
  static let appStartTLSSieve = startTLS(
    .sieve, asks: "STARTTLS (RFC 5804)",
    instead: "Use the client's STARTTLS mode: ManageSieve has no port where TLS comes first")
  static let appStartTLSMySQL = startTLS(
    .mysql, asks: "TLS in its reply to the server's greeting",
    instead: "Connect with a MySQL client that asks for TLS itself; no tunnel or proxy may begin TLS for it",
    command: "mysql --protocol=TCP --host={host|HOST} --port={port|3306} --ssl-mode=REQUIRED")
  static let appStartTLSPostgreSQL = startTLS(
    .postgresql, asks: "SSLRequest",
    instead: "Leave sslnegotiation=direct out, which servers understand from PostgreSQL 17 on",
    command: "PGSSLMODE=require psql --host={host|HOST} --port={port|5432}")

  /// The mechanism of one protocol.
  /// - Parameters:
  ///   - asks: how its clients ask for TLS.
  ///   - java: what a Java client has to set.
  ///   - curl: how curl asks for TLS.
  ///   - instead: what other clients do, and a command that does it.
  private static func startTLS(
    _ kind: PlaintextKind, asks: String, java: String? = nil, curl: String? = nil, instead: String,
    command: String? = nil
  ) -> Mechanism {
    let name = kind.startTLSName ?? ""
    var client: [Audience: [RemedyTemplate]] = [.any: [.init(instead, command)]]
    client[.java] = java.map { [.init($0)] }
    client[.curl] = curl.map { [.init("Upgrade instead of starting with TLS", $0)] }
    return Mechanism(
      MechanismID(.appStartTLS, kind == .postgresql ? "postgresql" : name.text),
      CauseDescription(
        "\(kind.rawValue) step before TLS is missing",
        "\(kind.rawValue) begins in plaintext, and its client asks for TLS by \(asks); here the client started TLS at once.",
        evidence: "plaintext of \(kind.rawValue) meets a ClientHello, or a working client begins with it"),
      stage: .firstBytes,
      event: { skippedUpgrade(of: kind, $0) },
      advice: Advice(
        mends: .client, client: client,
        server: [.any: [.init("Let clients start TLS at once on a port of its own, if they cannot ask for it")]],
        steps: [
          .init(
            "Upgrade as the protocol asks", "openssl s_client -connect {endpoint} -starttls \(name.text) </dev/null")
        ],
        confirm: { it in
          ConfirmationPlan(
            ApplicationConfirmation.direct(it), ApplicationConfirmation.upgraded(name, it, "should pass"))
        }))
  }

  /// It shows in two ways: the server speaks the protocol beside the client's hello, and the working client speaks it first.
  private static func skippedUpgrade(of kind: PlaintextKind, _ inquiry: Inquiry) -> Claim? {
    let (spoken, asked) = (serverSpeaks(kind, inquiry), workingClientSpeaks(kind, inquiry))
    guard var claim = spoken ?? asked else { return nil }
    if spoken != nil, let asked {
      claim.grade = .proof
      claim.observations += asked.observations.filter { !claim.observations.contains($0) }
    }
    claim.observations = inquiry.untilTheEnd(claim.observations)
    return claim
  }

  private static func serverSpeaks(_ kind: PlaintextKind, _ inquiry: Inquiry) -> Claim? {
    guard let answer = inquiry.connection.flatMap(PlaintextAnswer.init), answer.prelude == nil, answer.note.kind == kind
    else { return nil }
    return Claim(
      .proof,
      "The client starts TLS at once, but the server speaks \(kind.rawValue) in plaintext first: TLS begins only after its upgrade command",
      [
        inquiry.observed(
          .serverPlaintext, [answer.note.frame], "the server says \"\(answer.note.excerpt)\", \(answer.order)"),
        inquiry.observed(.clientHello, [answer.helloFrame], "the client opens with a ClientHello"),
      ])
  }

  private static func workingClientSpeaks(_ kind: PlaintextKind, _ inquiry: Inquiry) -> Claim? {
    guard let connection = inquiry.connection, inquiry.refusedUpgrade == nil,
      connection.transcript.clientTLSOffset == 0, connection.transcript.serverTLSOffset == nil,
      let hello = connection.transcript.clientHellos.first, let working = inquiry.working,
      let offset = working.transcript.clientTLSOffset, offset > 0,
      let upgrade = working.firstPlaintext(from: .client), upgrade.kind == kind
    else { return nil }
    return Claim(
      .proof,
      "The failing client starts TLS at once; the working one asks for it first, as \(kind.rawValue) wants",
      [
        inquiry.observed(.clientHello, [hello.frame], "the client opens with a ClientHello"),
        inquiry.observedWorking(
          .clientPlaintext, [upgrade.frame], "the working client begins with \"\(upgrade.excerpt)\""),
      ])
  }
}
