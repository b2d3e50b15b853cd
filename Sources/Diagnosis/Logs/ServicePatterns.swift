extension LogPattern {
  /// Databases, brokers, directories, mail and VPNs. Most pass the reasons of their TLS library on; these are their own words.
  static let services: [LogPattern] = [
    // PostgreSQL reads the first bytes of a ClientHello as the length of a startup packet.
    .init("invalid length of startup packet", .appStartTLS, .likely, by: "postgresql"),
    .init("no pg_hba.conf entry", .appStartTLS, .possible),
    .init("could not accept SSL connection: ", .tlsUnknown, .possible),
    .init("Connections using insecure transport are prohibited", .appStartTLS, .certain, by: "not-offered"),
    .init("SSL is required, but the server does not support it", .appStartTLS, .certain, by: "refused"),
    .init("ERROR 2026 (HY000)", .tlsUnknown, .possible),
    .init("The server is configured to only allow SSL connections", .appPlaintextClient, .certain),
    .init("SSL peer certificate validation failed", .certRejected, .likely),

    // Kafka reads the first bytes of a record as a length: 0x16030100 and what follows is a ClientHello, 0x15030300 an alert.
    .init("Invalid receive (size = 3692", .appPlaintextServer, .certain),
    .init("Invalid receive (size = 3525", .appPlaintextClient, .certain),
    .init("SSL handshake failed", .tlsUnknown, .possible),
    // RabbitMQ reads one as an AMQP header.
    .init("{bad_header,<<22,3,", .appPlaintextServer, .certain),
    .init("received CLIENT ALERT: Fatal - ", .alertName(fromPeer: true)),
    .init("received SERVER ALERT: Fatal - ", .alertName(fromPeer: true)),
    .init("generated CLIENT ALERT: Fatal - ", .alertName(fromPeer: false)),
    .init("generated SERVER ALERT: Fatal - ", .alertName(fromPeer: false)),

    .init("TLS: hostname does not match", .certNameMismatch, .certain),
    .init("TLS: hostname (", .certNameMismatch, .likely),
    .init("ldap_start_tls: Protocol error", .appStartTLS, .certain, by: "refused"),
    .init("ldap_start_tls: Unsupported extended operation", .appStartTLS, .certain, by: "refused"),
    .init("Must issue a STARTTLS command first", .appStartTLS, .certain),
    .init("Server certificate not trusted", .certUntrusted, .likely),
    .init("untrusted issuer ", .certUntrusted, .likely),
    .init("Server certificate not verified", .certRejected, .likely),
    .init("No matching host name found", .certNameMismatch, .certain),

    .init("VERIFY EKU ERROR", .certUsage, .certain), .init("VERIFY KU ERROR", .certUsage, .certain),
    .init("VERIFY X509NAME ERROR", .certNameMismatch, .certain),
    .init("{bad_cert,hostname_check_failed}", .certNameMismatch, .certain),
    .init("{bad_cert,cert_expired}", .certExpired, .certain),
    .init("{bad_cert,selfsigned_peer}", .certSelfSigned, .certain),
    .init("{bad_cert,unknown_ca}", .certUntrusted, .likely),
    .init("{bad_cert,max_path_length_reached}", .certUsage, .certain, by: "path-length"),

    // libpq and others that read their files before they connect.
    .init("root certificate file \"", .captureIncomplete, .possible, by: "client-setup"),
    .init("could not read root certificate file", .captureIncomplete, .certain, by: "client-setup"),
    .init("could not load private key file", .captureIncomplete, .certain, by: "client-setup"),
    .init("private key file \"", .captureIncomplete, .possible, by: "client-setup"),
  ]
}
