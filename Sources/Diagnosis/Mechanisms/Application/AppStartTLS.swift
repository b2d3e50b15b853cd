import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let appStartTLS = Mechanism(
    MechanismID(.appStartTLS),
    CauseDescription(
      "STARTTLS step missing or refused",
      "The protocol begins in plaintext and has to be upgraded before TLS may start; the client skipped that step, "
        + "or the server refused it.",
      evidence: "a banner such as SMTP's 220 meets a ClientHello, or a STARTTLS command is answered with an error"),
    stage: .firstBytes,
    // Packets show which protocol it is, or that the step was refused: see the mechanisms beside this one.
    event: { _ in nil },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "JavaMail: set mail.smtp.starttls.enable=true (or mail.imap.starttls.enable) and leave mail.smtp.ssl.enable "
              + "off on this port")
        ],
        .curl: [.init("Upgrade instead of starting with TLS", "curl -v --ssl-reqd smtp://{endpoint}")],
        .any: [
          .init("Use the protocol's STARTTLS mode on this port")
        ],
      ],
      server: [
        .any: [.init("Offer STARTTLS with a certificate, or implicit TLS on its own port")]
      ],
      steps: [
        .init(
          "Upgrade as the protocol asks (smtp, imap, pop3, ftp, ldap, xmpp, postgres, mysql)",
          "openssl s_client -connect {endpoint} -starttls smtp")
      ],
      confirm: { it in
        ConfirmationPlan(
          ApplicationConfirmation.direct(it),
          ApplicationConfirmation.upgraded(it.spoken?.startTLSName ?? "smtp", it, "should pass"))
      }))
}
