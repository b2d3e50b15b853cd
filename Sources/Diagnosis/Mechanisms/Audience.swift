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
    var audiences = stack.product.flatMap(StackProfile.program)?.audiences ?? []
    for audience in StackProfile.of(stack.family)?.audiences ?? [] where !audiences.contains(audience) {
      audiences.append(audience)
    }
    return audiences
  }
}
