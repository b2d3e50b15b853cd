extension LogPattern {
  /// What operating systems say, through every program.
  static let transport: [LogPattern] = [
    .init("Could not resolve host", .dnsNoAnswer, .certain), .init("Name or service not known", .dnsNoAnswer, .certain),
    .init("nodename nor servname provided", .dnsNoAnswer, .certain),
    .init("Temporary failure in name resolution", .dnsNoAnswer, .certain),
    .init("No address associated with hostname", .dnsNoAnswer, .certain),
    .init("no such host", .dnsNoAnswer, .certain), .init("No such host is known", .dnsNoAnswer, .certain),
    .init("failed to lookup address information", .dnsNoAnswer, .certain),
    .init("getaddrinfo ENOTFOUND", .dnsNoAnswer, .certain), .init("getaddrinfo EAI_AGAIN", .dnsNoAnswer, .certain),
    .init("unable to resolve host address", .dnsNoAnswer, .certain),
    .init("Connection refused", .tcpRefused, .certain), .init("ECONNREFUSED", .tcpRefused, .certain),
    .init("actively refused it", .tcpRefused, .certain),
    .init("No route to host", .tcpUnreachable, .certain), .init("Network is unreachable", .tcpUnreachable, .certain),
    .init("EHOSTUNREACH", .tcpUnreachable, .certain), .init("ENETUNREACH", .tcpUnreachable, .certain),
    .init("Host is unreachable", .tcpUnreachable, .certain),
    .init("connect timed out", .tcpTimeout, .certain), .init("connect ETIMEDOUT", .tcpTimeout, .certain),
    .init("did not properly respond after a period of time", .tcpTimeout, .certain),
    .init("Connection timed out", .tcpTimeout, .likely), .init("Timeout was reached", .tcpTimeout, .likely),
    .init("i/o timeout", .tcpTimeout, .possible),
    .init("TLS handshake timeout", .tcpServerSilent, .likely),
    .init("unexpected end of file", .peerClosed), .init("Connection reset", .peerClosed),
    .init("ECONNRESET", .peerClosed),
    .init("forcibly closed by the remote host", .peerClosed), .init("Broken pipe", .peerClosed),
  ]

  /// Refused or missing upgrades, as mail clients and others put it.
  static let startTLS: [LogPattern] = [
    .init("STARTTLS not supported", .appStartTLS, .certain),
    .init("STARTTLS extension not supported by server", .appStartTLS, .certain),
    .init("host does not support STARTTLS", .appStartTLS, .certain),
    .init("server doesn't support STARTTLS", .appStartTLS, .certain),
    .init("didn't found STARTTLS in server response", .appStartTLS, .likely),
    .init("Didn't find STARTTLS in server response", .appStartTLS, .likely),
    .init("server does not support SSL, but SSL was required", .appStartTLS, .certain),
    .init("The server does not support SSL connections", .appStartTLS, .certain),
    .init("Unable to tunnel through proxy", .appProxyProtocol, .certain),
    .init("tunneling socket could not be established", .appProxyProtocol, .certain),
  ]
}
