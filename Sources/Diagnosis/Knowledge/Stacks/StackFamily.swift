/// A TLS implementation: what decides how a side behaves in a handshake.
public enum StackFamily: String, Sendable, Hashable, CaseIterable {
  /// Java's own, `sun.security.ssl`.
  case jsse = "JSSE"
  case openSSL = "OpenSSL"
  case libreSSL = "LibreSSL"
  case boringSSL = "BoringSSL"
  case rustls = "rustls"
  case gnuTLS = "GnuTLS"
  case go = "Go crypto/tls"
  case nss = "NSS"
  case schannel = "SChannel"
  case apple = "Apple TLS"
  case mbedTLS = "Mbed TLS"
  case wolfSSL = "wolfSSL"
  case tlslite = "tlslite-ng"
  case bouncyCastle = "Bouncy Castle"
}

/// A program or library that people know by name and configure, above its TLS implementation.
public enum StackProduct: String, Sendable, Hashable, CaseIterable {
  case java = "Java"
  case curl = "curl"
  case opensslCommand = "openssl s_client"
  case python = "Python"
  case node = "Node.js"
  case nginx = "nginx"
  case haproxy = "HAProxy"
  case apache = "Apache httpd"
  case granian = "granian"
  case actix = "Actix Web"
  case hyper = "hyper"
  case axum = "axum"
  case go = "Go"
  case gnutlsCommand = "gnutls-cli"
  case wget = "Wget"
  case dotNet = ".NET"
  case chrome = "Chrome"
  case firefox = "Firefox"
  case safari = "Safari"
}
