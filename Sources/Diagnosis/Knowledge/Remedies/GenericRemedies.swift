extension RemedyTable {
  /// Advice where the stack is not known, or has no setting of its own for the cause.
  static let generic = RemedyTable(
    name: "any",
    client: [
      .dnsNoAnswer: [
        .init(
          "Check the name for typing errors and search domains, and which resolver the client asks",
          "dig +short {name|NAME} A ; dig +short {name|NAME} AAAA")
      ],
      .tcpRefused: [.init("Check host and port: nothing listens at {endpoint}")],
      .tcpTimeout: [.init("Check the address, routes and any VPN: nothing at {endpoint} answers")],
      .tcpUnreachable: [.init("Check routes, VPN and local firewall towards {address|the server}")],
      .tcpAddressFamily: [
        .init("Connect to {loopback|the address that works} instead of a name that resolves to both families"),
        .init("Let the client try every address of the name, not only the first"),
      ],
      .tcpClosedOnAccept: [.init("Check that host and port are those of the TLS service itself")],
      .tcpPathMTU: [
        .init(
          "Lower the MTU of the client's interface to the largest packet that passes",
          "ip link set dev eth0 mtu 1400")
      ],
      .tcpResetInjected: [.init("Try another network; ask who runs the firewall why it resets this connection")],
      .tcpServerSilent: [.init("Check that the port is a TLS port: a plaintext service may wait for a command")],
      .appPlaintextServer: [.init("Use http:// or the service's TLS port: this one speaks plaintext")],
      .appPlaintextClient: [.init("Use https:// (or switch TLS on) for this port")],
      .appStartTLS: [
        .init("Use the protocol's STARTTLS mode, or its implicit-TLS port (465, 993, 995, 636)")
      ],
      .appProxyProtocol: [.init("Connect through the proxy that adds the header, or to a port that does not want it")],
      .tlsVersion: [.init("Enable TLS {version|1.2 and 1.3}")],
      .tlsCipherSuite: [
        .init("Enable a suite that the server accepts, e.g. {suite|TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}")
      ],
      .tlsGroup: [.init("Enable a group that the server accepts, e.g. {group|x25519 or secp256r1}")],
      .tlsSignatureScheme: [.init("Upgrade to a version that knows the server's kind of key")],
      .tlsSNIMissing: [.init("Connect by name instead of by IP address, so that the hello carries it")],
      .tlsSNIUnrecognized: [.init("Use a name that the server serves; check proxies and host headers that change it")],
      .tlsALPN: [.init("Offer {protocol|a protocol that the server speaks}")],
      .tlsExtension: [.init("Upgrade, or enable the extension that the server requires")],
      .tlsFallback: [.init("Remove the retry with a lower version: it hides why the first try failed")],
      .tlsIntolerance: [.init("As a stopgap send a smaller hello: fewer suites, no post-quantum group")],
      .tlsResumption: [.init("Clear the session cache, and switch resumption or early data off")],
      .tlsDecrypt: [.init("Look for a proxy or inspection box that rewrites traffic; try another network")],
      .tlsMalformed: [.init("Upgrade; if this peer sends the bad bytes, report a bug with the capture")],
      .certExpired: [.init("Check the client's clock", "date -u")],
      .certNotYetValid: [.init("Check the client's clock", "date -u")],
      .certNameMismatch: [.init("Connect by a name that the certificate lists")],
      .certIncompleteChain: [
        .init("Add the intermediate to the client's store only as a stopgap: the server should send it")
      ],
      .certSelfSigned: [.init("Add this certificate to the client's trust store, after checking its fingerprint")],
      .certUntrusted: [.init("Add the authority's root to the client's trust store")],
      .certWeak: [.init("Have the certificate reissued rather than lower the client's policy")],
      .certUsage: [.init("Have the certificate reissued with the right usage")],
      .certRevoked: [.init("Do not trust this certificate; ask the server's operator")],
      .certWrongCertificate: [.init("Send the same server name, to the same address, as the working client")],
      .certRejected: [.init("Add the server's authority to the trust store; check name, dates and usage")],
      .certClientRequired: [.init("Configure a client certificate issued by an authority that the server names")],
      .certClientRejected: [
        .init("Use a certificate that is valid, for client authentication, from an accepted authority")
      ],
    ],
    server: [
      .dnsNoAnswer: [.init("Publish A or AAAA records for the name")],
      .tcpRefused: [
        .init("Start the service, and bind it to the address that clients use", "ss -ltnp 'sport = :{port}'")
      ],
      .tcpTimeout: [.init("Open the port in host firewalls and security groups", "nft list ruleset")],
      .tcpUnreachable: [.init("Remove the reject rule that answers with ICMP, or open the port", "nft list ruleset")],
      .tcpAddressFamily: [
        .init("Listen on {failing-family|both families} too: bind to [::] with dual stack, or add a second listener"),
        .init("In containers, publish the port on both families and check what the forwarder passes it to"),
      ],
      .tcpClosedOnAccept: [
        .init(
          "Find what listens there: a load balancer or port forwarder without backend accepts, then closes",
          "ss -ltnp 'sport = :{port}'")
      ],
      .tcpPathMTU: [
        .init(
          "Let ICMP \"fragmentation needed\" and \"packet too big\" through, or clamp the MSS",
          "iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu")
      ],
      .tcpResetInjected: [
        .init("Ask the operators of firewalls on the path for a rule that matches this name or address")
      ],
      .tcpServerSilent: [.init("See whether the service hangs, waits for a backend, or is out of workers")],
      .appPlaintextServer: [.init("Enable TLS on this port")],
      .appPlaintextClient: [.init("Redirect the plaintext port to the TLS port, so that clients learn the right one")],
      .appStartTLS: [.init("Offer STARTTLS with a certificate, or implicit TLS on its own port")],
      .appProxyProtocol: [.init("Accept the PROXY protocol exactly on the ports whose peer sends it")],
      .tlsVersion: [.init("Accept TLS 1.2 and 1.3")],
      .tlsCipherSuite: [.init("Enable suites that the client offers; in TLS 1.2 they must fit the certificate's key")],
      .tlsGroup: [.init("Enable X25519 and P-256 besides what is configured")],
      .tlsSignatureScheme: [.init("Serve a certificate with an ECDSA P-256 or RSA key, or one of each")],
      .tlsSNIMissing: [.init("Configure a default certificate for clients that send no name")],
      .tlsSNIUnrecognized: [.init("Add {name|the name in use} to the server's configuration and certificate")],
      .tlsALPN: [.init("Enable http/1.1 besides h2")],
      .tlsExtension: [.init("Do not require the extension, where old clients must be served")],
      .tlsFallback: [.init("Nothing: refusing the downgrade is right. See why the client's first try failed")],
      .tlsIntolerance: [.init("Upgrade the server or the box before it: valid hellos may exceed a packet")],
      .tlsResumption: [
        .init("Share ticket keys among all instances, rotate them in step, or disable tickets and 0-RTT")
      ],
      .tlsDecrypt: [.init("Check that private key and certificate belong together")],
      .tlsMalformed: [.init("Upgrade; if this peer sends the bad bytes, report a bug with the capture")],
      .certExpired: [
        .init("Renew the certificate, install it and reload; check that every instance serves the new one")
      ],
      .certNotYetValid: [.init("Wait, or reissue with an earlier start; check the issuer's clock")],
      .certNameMismatch: [.init("Reissue with {name|the name in use} in subjectAltName")],
      .certIncompleteChain: [.init("Serve leaf and intermediates in one file, leaf first (fullchain.pem)")],
      .certSelfSigned: [.init("Install a certificate from an authority that the clients trust")],
      .certUntrusted: [.init("Use a certificate from an authority that the clients trust")],
      .certWeak: [.init("Reissue with RSA 2048 or ECDSA P-256 or better, signed with SHA-256 or better")],
      .certUsage: [.init("Reissue with extendedKeyUsage serverAuth and fitting key usage")],
      .certRevoked: [.init("Install a new certificate; check that a stapled OCSP response is fresh and good")],
      .certWrongCertificate: [.init("See which certificate is served for each name, address and family")],
      .certRejected: [.init("Serve a valid certificate for {name|the name in use} with its intermediates")],
      .certClientRequired: [.init("Make the client certificate optional, if it need not be demanded")],
      .certClientRejected: [
        .init("Add the client's authority to the accepted ones; read the log for the exact reason")
      ],
    ])
}
