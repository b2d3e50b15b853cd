import HandshakeModel
import TLSProtocol

/// What makes each stack trust an authority: the same for every cause that a missing authority has.
enum TrustAdvice {
  /// What each stack does to trust one more authority, and what `others` do, which differs from cause to cause.
  static func client(_ others: [Audience: [RemedyTemplate]]) -> [Audience: [RemedyTemplate]] {
    stacks.merging(others) { _, other in other }
  }

  private static let stacks: [Audience: [RemedyTemplate]] = [
    .java: trustStore,
    .rustls: rootStore,
    .curl: authority,
    .opensslCommand: opensslTrust,
    .python: pythonTrust,
    .node: nodeTrust,
    .go: goTrust,
    .gnutls: gnutlsTrust,
    .dotNet: windowsTrust,
    .apple: appleTrust,
  ]

  static let appleTrust: [RemedyTemplate] = [
    .init(
      "Import and trust the authority (macOS)",
      "security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ca.pem"),
    .init("On iOS install a profile, and switch it on under Certificate Trust Settings"),
  ]

  static let authority: [RemedyTemplate] = [
    .init("Name the authority; note that -k hides exactly this problem", "curl -v --cacert ca.pem {url}"),
    .init(
      "Or install it system-wide (Debian)",
      "cp ca.pem /usr/local/share/ca-certificates/my-ca.crt && update-ca-certificates"),
  ]

  static let chainCheck: [RemedyTemplate] = [
    .init(
      "Verify the served chain against the authority that should have signed it",
      "openssl s_client -connect {endpoint} -servername {name|NAME} -showcerts -verify_return_error "
        + "-verify_hostname {name|NAME} -CAfile ca.pem </dev/null")
  ]

  static let gnutlsTrust: [RemedyTemplate] = [
    .init("Name the authority", "gnutls-cli --x509cafile ca.pem -p {port|443} {host|HOST}")
  ]

  static let goTrust: [RemedyTemplate] = [
    .init("Set tls.Config.RootCAs; x509.SystemCertPool gives the system's", "pool.AppendCertsFromPEM(pem)"),
    .init("Or name the authority for the process (Unix)", "SSL_CERT_FILE=ca.pem …"),
  ]

  static let nodeTrust: [RemedyTemplate] = [
    .init(
      "Add the authority: Node brings its own list and ignores the system's",
      "NODE_EXTRA_CA_CERTS=ca.pem node …"),
    .init("Or use the system's store (Node 22.15, 23.8 or later)", "node --use-system-ca …"),
  ]

  static let opensslTrust: [RemedyTemplate] = [
    .init(
      "Name the authority, or set SSL_CERT_FILE for the program",
      "openssl s_client -connect {endpoint} -CAfile ca.pem -verify_return_error </dev/null")
  ]

  static let pythonTrust: [RemedyTemplate] = [
    .init(
      "Load the authority (requests: verify=\"ca.pem\" or REQUESTS_CA_BUNDLE, which brings its own list, certifi)",
      "context.load_verify_locations(\"ca.pem\")"),
    .init("Or name it for the whole process", "SSL_CERT_FILE=ca.pem python …"),
  ]

  static let rootStore: [RemedyTemplate] = [
    .init(
      "Add the authority to the client's roots: webpki-roots holds public ones only",
      "roots.add(CertificateDer::from_pem_file(\"ca.pem\")?)?;"),
    .init("Or use the system's store with the crates rustls-native-certs or rustls-platform-verifier"),
  ]

  static let trustStore: [RemedyTemplate] = [
    .init(
      "Import the authority into Java's trust store (its own, not the system's)",
      "keytool -importcert -cacerts -alias my-ca -file ca.pem"),
    .init(
      "Or name a trust store on the command line",
      "java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit …"),
    .init(
      "On macOS and Windows Java can use the system's store",
      "java -Djavax.net.ssl.trustStoreType=KeychainStore …   # Windows: Windows-ROOT"),
  ]

  static let windowsTrust: [RemedyTemplate] = [
    .init(
      "Import the authority into the machine's trusted roots (Windows)",
      "Import-Certificate -FilePath ca.cer -CertStoreLocation Cert:\\LocalMachine\\Root"),
    .init("On Linux .NET uses OpenSSL's store", "SSL_CERT_FILE=ca.pem dotnet …"),
  ]
}
