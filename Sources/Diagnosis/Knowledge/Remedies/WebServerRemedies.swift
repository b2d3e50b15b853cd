extension RemedyTable {
  static let nginx = RemedyTable(
    name: "nginx",
    client: [
      .certUntrusted: [.init("As a proxy: name the upstream's authority", "proxy_ssl_trusted_certificate ca.pem;")],
      .certNameMismatch: [
        .init("As a proxy: name the upstream", "proxy_ssl_name {name|NAME}; proxy_ssl_server_name on;")
      ],
      .tlsSNIMissing: [.init("As a proxy nginx sends no server name by default", "proxy_ssl_server_name on;")],
      .tlsVersion: [.init("As a proxy", "proxy_ssl_protocols TLSv1.2 TLSv1.3;")],
      .appPlaintextClient: [.init("As a proxy: the upstream speaks TLS", "proxy_pass https://{endpoint};")],
      .certClientRequired: [
        .init("As a proxy", "proxy_ssl_certificate client.pem; proxy_ssl_certificate_key client.key;")
      ],
    ],
    server: [
      .tcpAddressFamily: [.init("Listen on both families", "listen {port|443} ssl; listen [::]:{port|443} ssl;")],
      .appPlaintextServer: [.init("Switch TLS on for this port", "listen {port|443} ssl;")],
      .appPlaintextClient: [
        .init(
          "nginx answers plain HTTP on a TLS port with 400 (code 497): send such clients to https",
          "error_page 497 https://$host:$server_port$request_uri;")
      ],
      .appProxyProtocol: [
        .init("Accept the header exactly where the balancer sends it", "listen {port|443} ssl proxy_protocol;")
      ],
      .tlsVersion: [.init("Allow both versions (1.22's default has no TLS 1.3)", "ssl_protocols TLSv1.2 TLSv1.3;")],
      .tlsCipherSuite: [
        .init(
          "TLS 1.2 suites in ssl_ciphers, TLS 1.3 suites by ssl_conf_command",
          "ssl_ciphers {tls12-suite|HIGH:!aNULL:!MD5}; ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;")
      ],
      .tlsGroup: [.init("Widen the groups", "ssl_ecdh_curve X25519:prime256v1:secp384r1;")],
      .tlsSignatureScheme: [.init("Serve an RSA and an ECDSA certificate: ssl_certificate may stand twice")],
      .tlsSNIMissing: [
        .init(
          "Clients without a name get the default server: give it the right certificate",
          "listen {port|443} ssl default_server;")
      ],
      .tlsSNIUnrecognized: [
        .init("Add {name|the name in use} to server_name; look for a default server with ssl_reject_handshake on")
      ],
      .tlsALPN: [.init("Enable HTTP/2 besides HTTP/1.1 (before 1.25.1: listen … http2)", "http2 on;")],
      .tlsResumption: [
        .init("Share ssl_session_ticket_key among all instances, or switch tickets off", "ssl_session_tickets off;")
      ],
      .certIncompleteChain: [.init("Leaf and intermediates in one file", "ssl_certificate fullchain.pem;")],
      .certWrongCertificate: [
        .init("The default server's certificate was served: check server_name and the listen lines of both families")
      ],
      .certClientRequired: [
        .init(
          "nginx completes the handshake and answers 400 when the certificate is missing; make it optional",
          "ssl_verify_client optional;")
      ],
      .certClientRejected: [
        .init("Name the client's authority", "ssl_client_certificate client-ca.pem; ssl_verify_depth 2;")
      ],
      .certRevoked: [.init("Check stapling", "ssl_stapling on; ssl_stapling_verify on;")],
    ])

  static let haproxy = RemedyTable(
    name: "HAProxy",
    client: [
      .certUntrusted: [
        .init("Towards a backend: name its authority", "server s1 {endpoint} ssl verify required ca-file ca.pem")
      ],
      .tlsSNIMissing: [.init("Towards a backend: send the name", "server s1 {endpoint} ssl sni str({name|NAME})")],
      .tlsALPN: [.init("Towards a backend", "server s1 {endpoint} ssl alpn h2,http/1.1")],
      .appProxyProtocol: [
        .init("Towards a backend that wants the header (or leave it out)", "server s1 {endpoint} send-proxy-v2")
      ],
      .appPlaintextClient: [
        .init("The backend speaks TLS: add ssl", "server s1 {endpoint} ssl verify required ca-file ca.pem")
      ],
      .certClientRequired: [.init("Towards a backend", "server s1 {endpoint} ssl crt client-and-key.pem")],
    ],
    server: [
      .tcpAddressFamily: [.init("Bind both families", "bind :::{port|443} v4v6 ssl crt site.pem")],
      .tcpClosedOnAccept: [
        .init(
          "See whether the backend has a live server (show stat), and whether bind wants a PROXY header",
          "echo 'show stat' | socat stdio /run/haproxy/admin.sock")
      ],
      .appPlaintextServer: [.init("Switch TLS on", "bind :{port|443} ssl crt site.pem")],
      .appProxyProtocol: [
        .init(
          "bind … accept-proxy closes every connection without the header: keep it for the ports behind a balancer",
          "bind :{port|443} ssl crt site.pem   # without accept-proxy")
      ],
      .tlsVersion: [.init("Widen the range", "bind :{port|443} ssl crt site.pem ssl-min-ver TLSv1.2")],
      .tlsCipherSuite: [
        .init(
          "Widen ciphers (TLS 1.2) and ciphersuites (1.3)",
          "bind :{port|443} ssl crt site.pem ciphers {tls12-suite|DEFAULT} ciphersuites TLS_AES_128_GCM_SHA256")
      ],
      .tlsGroup: [.init("Widen the groups", "bind :{port|443} ssl crt site.pem curves X25519:P-256:P-384")],
      .tlsSNIMissing: [
        .init("strict-sni refuses hellos without a known name: remove it to serve the default certificate")
      ],
      .tlsSNIUnrecognized: [
        .init(
          "Add a certificate for {name|the name in use}, or remove strict-sni",
          "bind :{port|443} ssl crt /etc/haproxy/certs/")
      ],
      .tlsALPN: [.init("Offer both", "bind :{port|443} ssl crt site.pem alpn h2,http/1.1")],
      .certIncompleteChain: [.init("Put leaf, intermediates and key into the crt file, in this order")],
      .certClientRequired: [
        .init("Make it optional", "bind :{port|443} ssl crt site.pem ca-file client-ca.pem verify optional")
      ],
      .certClientRejected: [
        .init("Name the client's authority", "bind :{port|443} ssl crt site.pem ca-file client-ca.pem verify required")
      ],
    ])

  static let apache = RemedyTable(
    name: "Apache httpd",
    server: [
      .tcpAddressFamily: [.init("Listen on both families", "Listen [::]:{port|443} https")],
      .appPlaintextServer: [.init("Switch TLS on in the virtual host of this port", "SSLEngine on")],
      .appPlaintextClient: [
        .init("\"Reason: You're speaking plain HTTP to an SSL-enabled server port\": use https://")
      ],
      .appProxyProtocol: [.init("Set it exactly where the balancer sends the header", "RemoteIPProxyProtocol On")],
      .tlsVersion: [.init("Allow both versions", "SSLProtocol -all +TLSv1.2 +TLSv1.3")],
      .tlsCipherSuite: [.init("Widen the suites", "SSLCipherSuite {tls12-suite|HIGH:!aNULL}")],
      .tlsGroup: [.init("Widen the groups", "SSLOpenSSLConfCmd Groups X25519:P-256:P-384")],
      .tlsSNIMissing: [.init("Serve clients without a name from the first virtual host", "SSLStrictSNIVHostCheck off")],
      .tlsSNIUnrecognized: [.init("Add {name|the name in use} as ServerName or ServerAlias")],
      .tlsALPN: [.init("Offer both", "Protocols h2 http/1.1")],
      .certIncompleteChain: [.init("Leaf and intermediates in one file", "SSLCertificateFile fullchain.pem")],
      .certClientRequired: [.init("Make it optional", "SSLVerifyClient optional")],
      .certClientRejected: [.init("Name the client's authority", "SSLCACertificateFile client-ca.pem")],
    ])
}
