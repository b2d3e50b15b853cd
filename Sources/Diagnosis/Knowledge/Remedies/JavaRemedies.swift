extension RemedyTable {
  /// Java's own TLS (JSSE) and the HTTP clients above it.
  static let java = RemedyTable(
    name: "Java",
    client: [
      .dnsNoAnswer: [
        .init(
          "Java remembers failed lookups (10 s by default): lower networkaddress.cache.negative.ttl in java.security, "
            + "or -Dsun.net.inetaddr.negative.ttl", "java -Dsun.net.inetaddr.negative.ttl=0 …")
      ],
      .tcpAddressFamily: [
        .init(
          "Tell Java which family to use: HttpsURLConnection tries only the first address of a name",
          "java {java-stack|-Djava.net.preferIPv4Stack=true} …"),
        .init("Or connect to {loopback|the address that works} instead of localhost"),
      ],
      .tcpPathMTU: [
        .init(
          "Java up to 26 sends no post-quantum share, and its hello fits a packet: look for a large client "
            + "certificate or request instead", "java -Djdk.tls.namedGroups=x25519,secp256r1 …")
      ],
      .appPlaintextServer: [
        .init(
          "\"Unsupported or unrecognized SSL message\": use http://, the TLS port, or the protocol's STARTTLS property "
            + "(JavaMail: mail.smtp.starttls.enable=true)")
      ],
      .appStartTLS: [
        .init(
          "JavaMail: set mail.smtp.starttls.enable=true (or mail.imap.starttls.enable) and leave mail.smtp.ssl.enable "
            + "off on this port")
      ],
      .appProxyProtocol: [
        .init(
          "For HTTP proxies set the proxy's address; Java has no PROXY protocol client of its own",
          "java -Dhttps.proxyHost=PROXY -Dhttps.proxyPort=3128 …")
      ],
      .tlsVersion: [
        .init(
          "Offer {java-version|TLSv1.3 and TLSv1.2}: jdk.tls.client.protocols governs every client, https.protocols "
            + "HttpsURLConnection",
          "java -Djdk.tls.client.protocols=TLSv1.3,TLSv1.2 -Dhttps.protocols=TLSv1.3,TLSv1.2 …"),
        .init(
          "TLS 1.0 and 1.1 are switched off since 8u291, 11.0.11 and 16 by jdk.tls.disabledAlgorithms in java.security; "
            + "upgrade the server rather than edit that list"),
      ],
      .tlsCipherSuite: [
        .init(
          "Let the client offer a suite that the server accepts: check jdk.tls.client.cipherSuites and https.cipherSuites, "
            + "SSLParameters.setCipherSuites in the code, and jdk.tls.disabledAlgorithms in java.security",
          "java -Djdk.tls.client.cipherSuites={suite|TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} …"),
        .init("Java before 8u161 needs the unlimited-strength policy for 256-bit suites"),
      ],
      .tlsGroup: [
        .init(
          "Offer the server's group: jdk.tls.namedGroups limits them for the whole JVM",
          "java -Djdk.tls.namedGroups={group|x25519,secp256r1,secp384r1} …")
      ],
      .tlsSignatureScheme: [
        .init("Java knows Ed25519 and Ed448 certificates in TLS from 15 on: upgrade"),
        .init("From 17 on, check jdk.tls.client.SignatureSchemes; and jdk.tls.disabledAlgorithms in java.security"),
      ],
      .tlsSNIMissing: [
        .init(
          "Connect by name: Java sends no server name for IP addresses, nor for names without a dot such as localhost",
          "java -Djsse.enableSNIExtension=true …"),
        .init("Or set it: SSLParameters.setServerNames(List.of(new SNIHostName(\"{name|NAME}\")))"),
      ],
      .tlsSNIUnrecognized: [
        .init("Ask for a name the server serves; SSLParameters.setServerNames overrides the URL's name")
      ],
      .tlsALPN: [
        .init(
          "HttpsURLConnection offers no ALPN and java.net.http.HttpClient h2 and http/1.1: choose the client or set "
            + "SSLParameters.setApplicationProtocols(new String[] {\"h2\", \"http/1.1\"})")
      ],
      .tlsExtension: [
        .init(
          "Send the extended master secret: jdk.tls.useExtendedMasterSecret must not be false",
          "java -Djdk.tls.useExtendedMasterSecret=true -Djdk.tls.allowLegacyMasterSecret=true …")
      ],
      .tlsIntolerance: [
        .init(
          "Make the hello smaller to confirm, not as the fix",
          "java -Djdk.tls.client.protocols=TLSv1.2 -Djdk.tls.namedGroups=secp256r1 …")
      ],
      .tlsResumption: [
        .init("Switch resumption off for a test", "java -Djdk.tls.client.enableSessionTicketExtension=false …")
      ],
      .certExpired: [
        .init("Java does not skip expired certificates: renew the server's. Check the machine's clock", "date -u")
      ],
      .certNameMismatch: [
        .init(
          "Java compares with the URL's host: use a name from the certificate. IP addresses must stand in it as IP "
            + "entries")
      ],
      .certIncompleteChain: [
        .init(
          "As a stopgap let Java fetch the missing certificate where the leaf names its source",
          "java -Dcom.sun.security.enableAIAcaIssuers=true …")
      ],
      .certSelfSigned: trustStore,
      .certUntrusted: trustStore,
      .certRejected: trustStore,
      .certWeak: [
        .init(
          "jdk.certpath.disabledAlgorithms in java.security says what Java refuses (RSA under 1024 bits, MD5, SHA-1): "
            + "reissue rather than edit it")
      ],
      .certUsage: [.init("Java wants extendedKeyUsage serverAuth, if the extension is there at all: reissue")],
      .certRevoked: [
        .init("Java checks revocation only when told to: com.sun.net.ssl.checkRevocation, ocsp.enable")
      ],
      .certClientRequired: [
        .init(
          "Give Java a key store with certificate and key; its issuer must be among the authorities that the server "
            + "names, or Java sends none",
          "java -Djavax.net.ssl.keyStore=client.p12 -Djavax.net.ssl.keyStoreType=PKCS12 "
            + "-Djavax.net.ssl.keyStorePassword=… …"),
        .init("See which entry Java could choose", "keytool -list -v -keystore client.p12"),
      ],
      .certClientRejected: [
        .init(
          "Put the certificate with its intermediates into the key store, issued for clientAuth",
          "keytool -list -v -keystore client.p12")
      ],
    ],
    server: [
      .tlsVersion: [
        .init(
          "Enable TLS 1.2 and 1.3 in the connector (SSLParameters.setProtocols, Tomcat protocols, "
            + "jdk.tls.server.protocols)", "java -Djdk.tls.server.protocols=TLSv1.3,TLSv1.2 …")
      ],
      .tlsCipherSuite: [
        .init(
          "Check jdk.tls.server.cipherSuites, the connector's ciphers and jdk.tls.disabledAlgorithms; a key store "
            + "without a private key also ends as \"no cipher suites in common\"", "keytool -list -keystore server.p12")
      ],
      .tlsGroup: [.init("Widen jdk.tls.namedGroups", "java -Djdk.tls.namedGroups=x25519,secp256r1,secp384r1 …")],
      .tlsSNIUnrecognized: [
        .init("Add {name|the name in use} to SSLParameters.setSNIMatchers or the connector's SSLHostConfig")
      ],
      .tlsALPN: [.init("Enable http/1.1 besides h2 (Tomcat: UpgradeProtocol; Jetty: alpn and http2 modules)")],
      .certIncompleteChain: [
        .init(
          "Import the whole chain under the key's alias, or make a PKCS#12 file from fullchain.pem",
          "openssl pkcs12 -export -in fullchain.pem -inkey privkey.pem -out server.p12")
      ],
      .certClientRequired: [
        .init(
          "setWantClientAuth(true) asks for a certificate without demanding it (Tomcat: "
            + "certificateVerification=\"optional\")")
      ],
      .certClientRejected: [
        .init(
          "Import the client's authority into the server's trust store",
          "keytool -importcert -keystore truststore.p12 -alias client-ca -file client-ca.pem")
      ],
    ])

  private static let trustStore: [RemedyTemplate] = [
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
}
