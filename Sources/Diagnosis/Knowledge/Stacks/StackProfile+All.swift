extension StackProfile {
  /// Every stack of which something is known. Where a log's line fits several, the earlier one's reading counts.
  static let all: [StackProfile] = [
    .jsse,
    .openSSL,
    .rustls,
    .go,
    .gnuTLS,
    .boringSSL,
    .nss,
    .apple,
    .schannel,
    .mbedTLS,
    .wolfSSL,
    .tlslite,
    .libreSSL,
    .bouncyCastle,
  ]

  /// What is known of a stack; nil where it is none of ours.
  static func of(_ family: StackFamily) -> StackProfile? { all.first { $0.family == family } }

  /// What is known of a program; nil where it is none of ours.
  static func program(_ product: StackProduct) -> StackProgram? { programs.first { $0.product == product } }

  /// They are few: a dictionary takes longer to make than looking through them does.
  private static let programs = all.flatMap(\.programs)
}
