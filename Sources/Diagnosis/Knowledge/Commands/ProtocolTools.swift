import HandshakeModel
import NetworkValues
import TLSProtocol

/// Protocols other than HTTP: how their clients and servers switch TLS on and off, and with which programs to try them.
extension PlaintextKind {
  /// Programs for HTTP say nothing about it.
  var isOtherThanHTTP: Bool {
    switch self {
    case .httpRequest, .httpResponse, .httpConnect, .socks, .proxyProtocol, .unknown: false
    default: true
    }
  }

  /// How a client of the protocol begins with TLS, and how without; nil where that is not known.
  var clientSettings: (withTLS: String, without: String)? {
    switch self {
    case .redis:
      ("Use rediss:// (redis-cli --tls, ssl=True)", "Use redis:// instead of rediss:// (no --tls, ssl=False)")
    case .kafka:
      (
        "Set security.protocol=SSL, or SASL_SSL where the client logs in",
        "Set security.protocol=PLAINTEXT (or SASL_PLAINTEXT)"
      )
    case .http2:
      (
        "Give the client TLS credentials instead of an insecure channel (grpcurl: leave -plaintext out)",
        "Use an insecure channel: gRPC without TLS, HTTP/2 with prior knowledge (grpcurl -plaintext)"
      )
    case .mqtt: ("Use mqtts:// (mosquitto_pub --cafile ca.pem)", "Use mqtt:// without TLS (no --cafile)")
    case .amqp: ("Use amqps://", "Use amqp:// instead of amqps://")
    case .mongodb: ("Set tls=true in the connection string", "Set tls=false in the connection string")
    case .tds: ("Let the driver encrypt as TDS does (Encrypt=true), inside PRELOGIN", "Set Encrypt=false")
    case .postgresql: ("Set sslmode=require", "Set sslmode=prefer or disable, where plaintext will do")
    case .mysql: ("Set --ssl-mode=REQUIRED", "Set --ssl-mode=DISABLED, where plaintext will do")
    default: nil
    }
  }

  /// How a server of the protocol gets TLS; nil where that is not known.
  var serverSetting: String? {
    switch self {
    case .redis: "Enable TLS in Redis: tls-port with tls-cert-file and tls-key-file"
    case .kafka: "Add a listener with TLS (listeners=SSL://:9093, ssl.keystore.location)"
    case .http2: "Give the gRPC or HTTP/2 server a certificate and key (TLS credentials), or end TLS before it"
    case .mqtt: "Enable a listener with TLS (mosquitto: listener 8883, certfile, keyfile)"
    case .amqp: "Enable TLS (RabbitMQ: listeners.ssl.default = 5671, ssl_options.certfile and keyfile)"
    case .mongodb: "Enable TLS (net.tls.mode: requireTLS, net.tls.certificateKeyFile)"
    case .postgresql: "Enable TLS in postgresql.conf: ssl = on, with ssl_cert_file and ssl_key_file; then reload"
    case .mysql: "Enable TLS: ssl_cert and ssl_key in my.cnf; then restart"
    default: nil
    }
  }

  /// A command that speaks the protocol in plaintext; nil where no program that everybody has does.
  func plainCommand(_ server: Endpoint) -> ShellCommand? {
    let (endpoint, host, port) = (ConfirmCommands.word(server), ShellWord(known: "\(server.address)"), server.port)
    return switch self {
    case .redis: "redis-cli -h \(host) -p \(port) PING"
    case .http2: "curl -v --http2-prior-knowledge http://\(endpoint)/"
    case .kafka: "kcat -L -b \(endpoint) -X security.protocol=PLAINTEXT"
    case .mqtt: "mosquitto_sub -h \(host) -p \(port) -t test -C 1 -W 5"
    case .mongodb: "mongosh --host \(host) --port \(port) --eval 'db.hello()'"
    case .postgresql: "PGSSLMODE=disable psql --host=\(host) --port=\(port)"
    case .mysql: "mysql --protocol=TCP --host=\(host) --port=\(port) --ssl-mode=DISABLED"
    default: nil
    }
  }

  /// A command that speaks the protocol over TLS; nil where no program that everybody has does.
  func tlsCommand(_ server: Endpoint) -> ShellCommand? {
    let (endpoint, host, port) = (ConfirmCommands.word(server), ShellWord(known: "\(server.address)"), server.port)
    return switch self {
    case .redis: "redis-cli -h \(host) -p \(port) --tls --insecure PING"
    case .http2: "openssl s_client -connect \(endpoint) -alpn h2 </dev/null"
    case .kafka: "kcat -L -b \(endpoint) -X security.protocol=SSL -X enable.ssl.certificate.verification=false"
    case .mongodb:
      "mongosh --host \(host) --port \(port) --tls --tlsAllowInvalidCertificates --eval 'db.hello()'"
    case .postgresql: "PGSSLMODE=require psql --host=\(host) --port=\(port)"
    case .mysql: "mysql --protocol=TCP --host=\(host) --port=\(port) --ssl-mode=REQUIRED"
    case .mqtt, .amqp: "openssl s_client -connect \(endpoint) </dev/null"
    default: startTLSName.map { "openssl s_client -connect \(endpoint) -starttls \($0) </dev/null" }
    }
  }
}

extension Confirmation {
  /// What `openssl s_client` needs to ask for TLS in the protocol's own words; empty where TLS comes first.
  var startTLSOptions: [ShellCommand] { spoken?.startTLSName.map { ["-starttls \($0)"] } ?? [] }

  /// Plaintext, or the client's own ALPN, shows that the protocol is none that curl speaks.
  var isOtherThanHTTP: Bool {
    if spoken?.isOtherThanHTTP == true { return true }
    guard let offered = hello?.applicationProtocols, !offered.isEmpty else { return false }
    return !offered.contains {
      $0.hasPrefix("h2") || $0.hasPrefix("h3") || $0.hasPrefix("http/") || $0.hasPrefix("spdy/")
    }
  }

  /// The client speaks QUIC.
  var isQUIC: Bool {
    hello?.has(.quicTransportParameters) == true || hello?.has(.quicTransportParametersDraft) == true
  }
}
