import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let dnsNoAnswer = Mechanism(
    MechanismID(.dnsNoAnswer),
    CauseDescription(
      "Name did not resolve",
      "The client asked for the server's name and got no usable address, so it never tried to connect.",
      evidence: "DNS queries answered with NXDOMAIN, SERVFAIL, no address, or not at all, and no SYN after them"),
    stage: .resolution,
    event: { _ in nil },
    advice: Advice(
      mends: .client,
      client: [
        .java: [
          .init(
            "Java remembers failed lookups (10 s by default): lower networkaddress.cache.negative.ttl in java.security, "
              + "or -Dsun.net.inetaddr.negative.ttl", "java -Dsun.net.inetaddr.negative.ttl=0 …")
        ],
        .curl: [
          .init("Bypass the resolver to test the rest", "curl -v --resolve {name|NAME}:{port|443}:ADDRESS {url}")
        ],
        .node: [.init("ENOTFOUND: check the name with the system's resolver", "getent ahosts {name|NAME}")],
        .any: [
          .init(
            "Check the name for typing errors and search domains, and which resolver the client asks",
            "dig +short {name|NAME} A ; dig +short {name|NAME} AAAA")
        ],
      ],
      server: [
        .any: [.init("Publish A or AAAA records for the name")]
      ], steps: [.init("Ask the same resolver from the client's machine", "getent ahosts {name|NAME}")]))
}
