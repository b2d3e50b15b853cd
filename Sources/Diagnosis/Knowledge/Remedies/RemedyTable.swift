import TLSProtocol

/// What can be done about each cause with one stack or product, as client and as server.
struct RemedyTable: Sendable {
  /// Whom the reader knows it by, as in `Java`: remedies are addressed to `Java client`, `Java server`.
  var name: String
  var client: [CauseCode: [RemedyTemplate]] = [:]
  var server: [CauseCode: [RemedyTemplate]] = [:]

  func templates(_ code: CauseCode, _ side: Role) -> [RemedyTemplate] {
    (side == .client ? client : server)[code] ?? []
  }
}

extension RemedyTable {
  /// The tables that fit a stack, most specific first.
  static func tables(for stack: Stack) -> [RemedyTable] {
    var tables = stack.product.map(tables) ?? []
    for table in familyTables(stack.family) where !tables.contains(where: { $0.name == table.name }) {
      tables.append(table)
    }
    return tables
  }

  /// Every table, for the generated documentation.
  static let all: [RemedyTable] = [
    java, rustls, granian, actix, hyper, curl, opensslCommand, python, node, nginx, haproxy, apache, go, gnutls, dotNet,
    apple, chrome, firefox, generic,
  ]

  private static func tables(_ product: StackProduct) -> [RemedyTable] {
    switch product {
    case .java: [java]
    case .curl: [curl]
    case .opensslCommand: [opensslCommand]
    case .python: [python]
    case .node: [node]
    case .nginx: [nginx]
    case .haproxy: [haproxy]
    case .apache: [apache]
    case .granian: [granian]
    case .actix: [actix, rustls]
    case .hyper, .axum: [hyper, rustls]
    case .go: [go]
    case .gnutlsCommand, .wget: [gnutls]
    case .dotNet: [dotNet]
    case .chrome: [chrome]
    case .firefox: [firefox]
    case .safari: [apple]
    }
  }

  private static func familyTables(_ family: StackFamily) -> [RemedyTable] {
    switch family {
    case .jsse, .bouncyCastle: [java]
    case .openSSL, .libreSSL: [opensslCommand]
    case .rustls: [rustls]
    case .gnuTLS: [gnutls]
    case .go: [go]
    case .boringSSL: [chrome]
    case .nss: [firefox]
    case .schannel: [dotNet]
    case .apple: [apple]
    case .mbedTLS, .wolfSSL, .tlslite: []
    }
  }
}
