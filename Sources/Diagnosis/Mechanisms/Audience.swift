import TLSProtocol

/// Whom a remedy is for: a stack or product that people know by name and configure, or anybody.
enum Audience: String, Sendable, Hashable, CaseIterable {
  /// Java's own TLS (JSSE) and the HTTP clients above it.
  case java = "Java"
  /// rustls itself, whatever is built on it.
  case rustls = "rustls"
  /// A Python server on rustls and hyper.
  case granian = "granian"
  case actix = "Actix Web"
  /// hyper, axum and what uses tokio-rustls.
  case hyper = "hyper"
  /// curl and libcurl, with OpenSSL in mind.
  case curl = "curl"
  case opensslCommand = "OpenSSL"
  case python = "Python"
  case node = "Node.js"
  case nginx = "nginx"
  case haproxy = "HAProxy"
  case apache = "Apache httpd"
  case go = "Go"
  case gnutls = "GnuTLS"
  case dotNet = ".NET"
  case apple = "Apple"
  case chrome = "Chrome"
  case firefox = "Firefox"
  /// Where the stack is not known, or has no setting of its own for the cause.
  case any = "any"

  /// Whom remedies for a stack are for, the most specific first.
  static func of(_ stack: Stack) -> [Audience] {
    var audiences = stack.product.map(of) ?? []
    for audience in of(stack.family) where !audiences.contains(audience) { audiences.append(audience) }
    return audiences
  }

  private static func of(_ product: StackProduct) -> [Audience] {
    switch product {
    case .java: [.java]
    case .curl: [.curl]
    case .opensslCommand: [.opensslCommand]
    case .python: [.python]
    case .node: [.node]
    case .nginx: [.nginx]
    case .haproxy: [.haproxy]
    case .apache: [.apache]
    case .granian: [.granian]
    case .actix: [.actix, .rustls]
    case .hyper, .axum: [.hyper, .rustls]
    case .go: [.go]
    case .gnutlsCommand, .wget: [.gnutls]
    case .dotNet: [.dotNet]
    case .chrome: [.chrome]
    case .firefox: [.firefox]
    case .safari: [.apple]
    }
  }

  private static func of(_ family: StackFamily) -> [Audience] {
    switch family {
    case .jsse, .bouncyCastle: [.java]
    case .openSSL, .libreSSL: [.opensslCommand]
    case .rustls: [.rustls]
    case .gnuTLS: [.gnutls]
    case .go: [.go]
    case .boringSSL: [.chrome]
    case .nss: [.firefox]
    case .schannel: [.dotNet]
    case .apple: [.apple]
    case .mbedTLS, .wolfSSL, .tlslite: []
    }
  }
}
