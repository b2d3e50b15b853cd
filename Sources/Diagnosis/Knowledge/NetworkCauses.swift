extension CauseCode {
  /// The causes below TLS and around it.
  var networkDescription: CauseDescription {
    switch self {
    case .dnsNoAnswer:
      CauseDescription(
        "Name did not resolve",
        "The client asked for the server's name and got no usable address, so it never tried to connect.",
        evidence: "DNS queries answered with NXDOMAIN, SERVFAIL, no address, or not at all, and no SYN after them")
    case .tcpRefused:
      CauseDescription(
        "Connection refused",
        "Nothing listens on that address and port: the server's host answered the SYN with a reset.",
        evidence: "SYN, then RST from the server's address")
    case .tcpTimeout:
      CauseDescription(
        "No answer to the connection attempt",
        "The client's SYNs went unanswered: a firewall drops them, or no host has that address.",
        evidence: "SYN and its repetitions, no SYN-ACK, no reset, no ICMP error")
    case .tcpUnreachable:
      CauseDescription(
        "Host or port unreachable",
        "A router, firewall or the host itself reported by ICMP that the connection attempt cannot be delivered or is "
          + "prohibited.",
        evidence: "an ICMP or ICMPv6 unreachable error that quotes the SYN")
    case .tcpAddressFamily:
      CauseDescription(
        "Address family not reachable",
        "The failing client reached for the service over one address family only (IPv6 or IPv4), and there it is not "
          + "served; the working client got through over the other one.",
        evidence: "in one capture a connection over IPv4 that works, in the other only IPv6 attempts that fail, or the "
          + "reverse")
    case .tcpClosedOnAccept:
      CauseDescription(
        "Accepted, then closed without an answer",
        "Something accepted the TCP connection and closed it before it sent a single byte: a port forwarder or load "
          + "balancer without a backend, a listener that does not speak TLS, or a connection limit.",
        evidence: "SYN-ACK, ClientHello, then FIN or RST from the server with no payload and no alert")
    case .tcpPathMTU:
      CauseDescription(
        "Large packets do not get through",
        "Full-size segments vanish on the way while small ones pass: the path's MTU is smaller than the sender "
          + "believes, and the ICMP message that would say so is lost.",
        evidence: "only large segments are retransmitted and never acknowledged; small ones are")
    case .tcpResetInjected:
      CauseDescription(
        "Connection reset by a third party",
        "The reset that ended the connection does not look like the peer's own packets: a firewall, filter or "
          + "intrusion-prevention device on the path sent it.",
        evidence: "RST whose hop limit, IP identification or sequence number departs from the peer's other packets")
    case .tcpServerSilent:
      CauseDescription(
        "Server never answers the ClientHello",
        "The server's host took the ClientHello but the program behind it sent nothing until the client gave up: it "
          + "hangs, is overloaded, or waits for something other than TLS.",
        evidence: "ClientHello acknowledged, no payload back, then the client's FIN or RST")
    case .appPlaintextServer:
      CauseDescription(
        "Server answers without TLS",
        "The port speaks a plaintext protocol: the server answered the ClientHello with something that is not TLS.",
        evidence: "the server's first bytes are HTTP, SSH, SMTP or another protocol's text")
    case .appPlaintextClient:
      CauseDescription(
        "Client does not speak TLS",
        "The client sent plaintext to a port that expects TLS, as http:// to an https port does.",
        evidence:
          "the client's first bytes are an HTTP request or another protocol's text; an alert, a 400 response or "
          + "a close answers it")
    case .appStartTLS:
      CauseDescription(
        "STARTTLS step missing or refused",
        "The protocol begins in plaintext and has to be upgraded before TLS may start; the client skipped that step, "
          + "or the server refused it.",
        evidence: "a banner such as SMTP's 220 meets a ClientHello, or a STARTTLS command is answered with an error")
    case .appProxyProtocol:
      CauseDescription(
        "Proxy step missing or refused",
        "One side expects a PROXY protocol header or an HTTP CONNECT before TLS and the other does not send it, or "
          + "sends one that is not expected; or a proxy refuses a CONNECT, or never answers it.",
        evidence:
          "connections with a PROXY header pass and those without are closed, or the reverse; a CONNECT answered "
          + "with an error status")
    default: handshakeDescription
    }
  }
}
