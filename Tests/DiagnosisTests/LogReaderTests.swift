import Diagnosis
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@Suite struct LogReaderTests {
  /// A log, whose it is, and what it must be read as.
  struct Sample: Sendable, CustomTestStringConvertible {
    var side: Role = .client
    var text: String
    var cause: CauseCode
    var confidence: Confidence
    var stack: String
    var alert: AlertDescription?
    var isPeerAlert = false
    var testDescription: String { "\(stack): \(text.prefix(60))" }
  }

  static let samples: [Sample] = [
    // curl on Windows, and Apple's libraries
    Sample(
      text:
        "curl: (60) schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.",
      cause: .certUntrusted, confidence: .likely, stack: "SChannel"),
    Sample(
      text:
        "curl: (60) schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect.",
      cause: .certNameMismatch, confidence: .certain, stack: "SChannel"),
    Sample(
      text:
        "curl: (35) schannel: next InitializeSecurityContext failed: CRYPT_E_NO_REVOCATION_CHECK (0x80092012) - The revocation function was unable to check revocation for the certificate.",
      cause: .certRevoked, confidence: .likely, stack: "SChannel"),
    Sample(
      text: "SSL handshake failed: errSSLCertExpired (-9814)", cause: .certExpired, confidence: .certain,
      stack: "Apple TLS"),
    // javax.net.debug, JDK 11 to 25
    Sample(
      text: """
        javax.net.ssl|DEBUG|10|main|2026-11-23 20:57:59.415 UTC|null:-1|Received alert message (
        "Alert": {
          "level"      : "fatal",
          "description": "no_application_protocol"
        }
        )
        javax.net.ssl|ERROR|10|main|2026-11-23 20:57:59.420 UTC|null:-1|Fatal (NO_APPLICATION_PROTOCOL): Received fatal alert: no_application_protocol (
        """, cause: .tlsALPN, confidence: .certain, stack: "Java (JSSE)", alert: .noApplicationProtocol,
      isPeerAlert: true),
    Sample(
      text:
        "javax.net.ssl|ERROR|10|main|2026-11-23 20:55:28.249 UTC|TransportContext.java:375|Fatal (CERTIFICATE_UNKNOWN): "
        + "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid "
        + "certification path to requested target (", cause: .certUntrusted, confidence: .likely, stack: "Java (JSSE)",
      alert: .certificateUnknown),
    Sample(
      text: """
        SEVERE: Fatal (CERTIFICATE_EXPIRED): PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed
        Caused by: java.security.cert.CertificateExpiredException: NotAfter: Sat Aug 15 20:27:01 UTC 2026
        """, cause: .certExpired, confidence: .certain, stack: "Java (JSSE)", alert: .certificateExpired),
    // JDK 8
    Sample(
      text: "main, RECV TLSv1.2 ALERT:  fatal, handshake_failure", cause: .tlsUnknown, confidence: .possible,
      stack: "Java (JSSE)", alert: .handshakeFailure, isPeerAlert: true),
    Sample(
      text: "main, SEND TLSv1.2 ALERT:  fatal, description = certificate_unknown", cause: .certRejected,
      confidence: .possible, stack: "Java (JSSE)", alert: .certificateUnknown),
    Sample(
      text: "javax.net.ssl.SSLHandshakeException: No subject alternative DNS name matching localhost found.",
      cause: .certNameMismatch, confidence: .certain, stack: "Java (JSSE)"),
    Sample(
      text: "Exception in thread \"main\" javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake",
      cause: .tcpClosedOnAccept, confidence: .possible, stack: "Java (JSSE)"),
    Sample(
      text: "java.net.UnknownHostException: bad.lab", cause: .dnsNoAnswer, confidence: .certain, stack: "Java (JSSE)"),
    Sample(
      text: "java.net.ConnectException: Connection refused", cause: .tcpRefused, confidence: .certain,
      stack: "Java (JSSE)"),
    Sample(
      side: .server, text: "javax.net.ssl.SSLHandshakeException: Empty client certificate chain",
      cause: .certClientRequired, confidence: .certain, stack: "Java (JSSE)"),
    Sample(
      side: .server,
      text: "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path",
      cause: .certClientRejected, confidence: .likely, stack: "Java (JSSE)"),
    // rustls and what stands on it
    Sample(
      side: .server,
      text:
        "[DEBUG] TCP handshake failed with error: TlsAcceptError { error: Custom { kind: InvalidData, error: "
        + "AlertReceived(CertificateUnknown) }, peer_addr: 127.0.0.1:52666 }", cause: .certRejected,
      confidence: .possible, stack: "rustls", alert: .certificateUnknown, isPeerAlert: true),
    Sample(
      side: .server,
      text: "[2026-11-23T20:57:59Z DEBUG rustls::server::hs] PeerIncompatible(NoSignatureSchemesInCommon)",
      cause: .tlsSignatureScheme, confidence: .certain, stack: "rustls"),
    Sample(
      side: .server, text: "error: NoCertificatesPresented }, peer_addr: 127.0.0.1:57508", cause: .certClientRequired,
      confidence: .certain, stack: "rustls"),
    Sample(
      side: .server, text: "received fatal alert: UnknownCA", cause: .certUntrusted, confidence: .possible, stack: "",
      alert: .unknownCA, isPeerAlert: true),
    Sample(
      text: "invalid peer certificate: UnknownIssuer", cause: .certUntrusted, confidence: .likely, stack: "rustls"),
    Sample(
      text: "error: InvalidCertificate(NotValidForName)", cause: .certNameMismatch, confidence: .certain,
      stack: "rustls"),
    Sample(
      side: .server, text: "tls accept failed: received corrupt message of type InvalidContentType",
      cause: .appPlaintextClient, confidence: .certain, stack: "rustls"),
    // OpenSSL, curl, Python
    Sample(
      side: .server,
      text:
        "4047904FA17F0000:error:0A0000C1:SSL routines:tls_early_post_process_client_hello:no shared cipher:"
        + "../ssl/statem/statem_srvr.c:1749:", cause: .tlsCipherSuite, confidence: .likely, stack: "OpenSSL"),
    Sample(
      side: .server,
      text:
        "403737155D7F0000:error:0A000414:SSL routines:ssl3_read_bytes:sslv3 alert certificate revoked:"
        + "../ssl/record/rec_layer_s3.c:1602:SSL alert number 44", cause: .certRevoked, confidence: .likely,
      stack: "OpenSSL", alert: .certificateRevoked, isPeerAlert: true),
    Sample(
      text: "curl: (60) SSL certificate problem: certificate is not yet valid", cause: .certNotYetValid,
      confidence: .certain, stack: "curl (OpenSSL)"),
    Sample(
      text: "* TLSv1.3 (OUT), TLS alert, unknown CA (560):\n* SSL certificate problem: self-signed certificate",
      cause: .certSelfSigned, confidence: .certain, stack: "curl (OpenSSL)", alert: nil),
    Sample(
      text: "* TLSv1.2 (IN), TLS alert, handshake failure (552):", cause: .tlsUnknown, confidence: .possible,
      stack: "curl (OpenSSL)", alert: .handshakeFailure, isPeerAlert: true),
    Sample(
      text: "SSL certificate problem: self-signed certificate in certificate chain", cause: .certUntrusted,
      confidence: .certain, stack: "curl (OpenSSL)"),
    Sample(
      text: "SSL: no alternative certificate subject name matches target host name 'a.example'",
      cause: .certNameMismatch, confidence: .certain, stack: "curl (OpenSSL)"),
    Sample(
      text: "curl: (35) error:0A00010B:SSL routines::wrong version number", cause: .appPlaintextServer,
      confidence: .likely, stack: "curl (OpenSSL)"),
    Sample(
      text: "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get "
        + "local issuer certificate (_ssl.c:1006)", cause: .certUntrusted, confidence: .likely,
      stack: "Python (OpenSSL)"),
    Sample(
      side: .server,
      text: "SERVER SSLError [SSL: SSLV3_ALERT_CERTIFICATE_EXPIRED] sslv3 alert certificate expired (_ssl.c:1006)",
      cause: .certExpired, confidence: .likely, stack: "Python (OpenSSL)", alert: .certificateExpired, isPeerAlert: true
    ),
    // Go, Node, .NET
    Sample(
      text: "Get \"https://a.example/\": remote error: tls: unknown certificate authority", cause: .certClientRejected,
      confidence: .possible, stack: "Go crypto/tls", alert: .unknownCA, isPeerAlert: true),
    Sample(
      side: .server,
      text: "2026/11/23 20:56:05 http: TLS handshake error from 192.0.2.9:40312: remote error: tls: bad certificate",
      cause: .certRejected, confidence: .possible, stack: "Go crypto/tls", alert: .badCertificate,
      isPeerAlert: true),
    Sample(
      text: "tls: failed to verify certificate: x509: certificate signed by unknown authority", cause: .certUntrusted,
      confidence: .likely, stack: "Go crypto/tls"),
    Sample(
      text: "Error: self-signed certificate\n  code: 'DEPTH_ZERO_SELF_SIGNED_CERT'", cause: .certSelfSigned,
      confidence: .certain, stack: "Node.js (OpenSSL)"),
    Sample(
      text: "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames",
      cause: .certNameMismatch, confidence: .certain, stack: "Node.js (OpenSSL)"),
    Sample(
      text: "connect ECONNREFUSED ::1:8443", cause: .tcpRefused, confidence: .certain, stack: ""),
    Sample(
      text:
        "System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent "
        + "a TLS alert: 'ProtocolVersion'.", cause: .tlsVersion, confidence: .likely, stack: ".NET (SChannel)",
      alert: .protocolVersion, isPeerAlert: true),
    Sample(
      text:
        "x509: certificate has expired or is not yet valid: current time 2026-11-24T04:25:39Z is before 2026-12-01T00:00:00Z",
      cause: .certNotYetValid, confidence: .certain, stack: "Go crypto/tls"),
    Sample(
      text:
        "x509: certificate signed by unknown authority (possibly because of \"x509: cannot verify signature: insecure "
        + "algorithm SHA1-RSA\" while trying to verify candidate authority certificate)", cause: .certWeak,
      confidence: .certain, stack: "Go crypto/tls"),
    Sample(
      side: .server,
      text:
        "javax.net.ssl.SSLHandshakeException: (no_application_protocol) No matching application layer protocol values",
      cause: .tlsALPN, confidence: .certain, stack: "Java (JSSE)"),
    Sample(
      text:
        "curl: (35) TLS connect error: error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE. See x",
      cause: .tlsUnknown, confidence: .possible, stack: "curl (OpenSSL)", alert: .handshakeFailure, isPeerAlert: true),
    Sample(
      text: "ERR handshake: X509 - Certificate verification failed, e.g. CRL, CA or signature check failed",
      cause: .certRejected, confidence: .likely, stack: "Mbed TLS"),
    Sample(text: "* STARTTLS not supported.", cause: .appStartTLS, confidence: .certain, stack: ""),
    Sample(
      text: "java.io.IOException: Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 403 Forbidden\"",
      cause: .appProxyProtocol, confidence: .certain, stack: ""),
    // Servers, GnuTLS, browsers
    Sample(
      side: .server,
      text:
        "2026/11/23 20:52:50 [info] 25547#25547: *1 client sent plain HTTP request to HTTPS port while reading client "
        + "request headers, client: 127.0.0.1, server: tls.lab", cause: .appPlaintextClient, confidence: .certain,
      stack: "nginx (OpenSSL)"),
    Sample(
      side: .server, text: "haproxy[77]: 192.0.2.9:40312 [23/Nov/2026:20:57:59.123] web/1: SSL handshake failure",
      cause: .tlsUnknown, confidence: .possible, stack: "HAProxy (OpenSSL)"),
    Sample(
      side: .server,
      text: "192.0.2.9:40312 [23/Nov/2026:20:57:59.123] web/1: Received something which does not look like a PROXY "
        + "protocol header", cause: .appProxyProtocol, confidence: .certain, stack: "HAProxy (OpenSSL)"),
    Sample(
      text: "- Status: The certificate is NOT trusted. The certificate issuer is unknown. ", cause: .certUntrusted,
      confidence: .likely, stack: "GnuTLS"),
    Sample(
      text: "*** Fatal error: A TLS fatal alert has been received.\n*** Received alert [70]: Error in protocol version",
      cause: .tlsVersion, confidence: .likely, stack: "GnuTLS", alert: .protocolVersion, isPeerAlert: true),
    Sample(
      text: "net::ERR_CERT_COMMON_NAME_INVALID", cause: .certNameMismatch, confidence: .certain,
      stack: "Chrome (BoringSSL)"),
    Sample(
      text: "Error code: SSL_ERROR_RX_RECORD_TOO_LONG", cause: .appPlaintextServer, confidence: .likely,
      stack: "Firefox (NSS)"),
    Sample(
      side: .server, text: "SERVER TLSLocalAlert insufficient_security: Failed to negotiate Extended Master Secret",
      cause: .tlsExtension, confidence: .certain, stack: "tlslite-ng", alert: .insufficientSecurity),
  ]

  @Test(arguments: samples.indices) func everyStacksWordsAreUnderstood(index: Int) throws {
    let sample = Self.samples[index]
    let findings = LogReader.read(sample.text, side: sample.side)
    let finding = try #require(findings.strongest)
    #expect(finding.cause == sample.cause)
    #expect(finding.confidence == sample.confidence)
    if let alert = sample.alert {
      #expect(finding.alert == alert)
      #expect(finding.isPeerAlert == sample.isPeerAlert)
    }
    #expect((findings.stack?.name ?? "") == sample.stack)
    #expect(findings.side == sample.side)
  }

  @Test func aFindingSaysWhereWhenAndAboutWhom() throws {
    let findings = LogReader.read(
      "ready\n2026/11/23 20:56:05 [info] 1#1: *1 SSL_do_handshake() failed (SSL: error:0A000416:SSL routines::sslv3 alert "
        + "certificate unknown:SSL alert number 46) while SSL handshaking, client: 127.0.0.1, server: 0.0.0.0:8443\n",
      side: .server)
    let finding = try #require(findings.findings.first)
    #expect(finding.line == 2)
    #expect(finding.time?.nanoseconds == 1_795_467_365_000_000_000)
    #expect(!finding.isTimeZoneKnown)
    #expect(finding.peer == LogPeer(address: IPAddress(ipv4: 0x7f00_0001), port: nil))
    #expect(finding.excerpt.contains("sslv3 alert certificate unknown"))
    #expect(finding.excerpt.count <= LogFinding.excerptLimit)
    #expect(findings.lines == 2)
  }

  @Test func onePeersFailuresAreToldApartFromAnothers() {
    let line = { (port: Int) in "error: NoCertificatesPresented }, peer_addr: [::1]:\(port) }\n" }
    let findings = LogReader.read(line(5000) + line(5000) + line(5001), side: .server).findings
    #expect(findings.map(\.peer?.port) == [5000, 5001])
    #expect(findings.map(\.repeats) == [1, 0])
  }

  @Test func aLogWithoutACauseSaysSo() {
    #expect(LogReader.read("", side: .client).notes == ["The log is empty"])
    #expect(LogReader.read("hello\nworld\n", side: .client).notes.first?.contains("left aside") == true)
    let java = LogReader.read(
      "javax.net.ssl|DEBUG|10|main|2026-11-23 20:57:59.415 UTC|x|jdk.tls.keyLimits", side: .client)
    #expect(java.notes == ["The log names no cause"])
    #expect(java.stack?.family == .jsse)
    #expect(java.strongest == nil)
  }

  @Test func theSurestFindingLeads() {
    let findings = LogReader.read(
      "Connection reset\nSSL handshake failure\nConnection refused\nNo route to host\n", side: .client)
    #expect(findings.findings.count == 4)
    #expect(findings.strongest?.cause == .tcpRefused)
  }
}
