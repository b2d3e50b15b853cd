import HandshakeModel

/// What a server's port tells about whether TLS was wanted there. It decides what a report lists, never what is said of it.
enum ServicePort {
  /// Ports of protocols that know no TLS on them (IANA): who is not answered there did not miss a handshake.
  private static let plaintext: Set<UInt16> = [
    7, 9, 13, 17, 19, 20, 22, 23, 37, 43, 53, 67, 68, 69, 79, 80, 88, 111, 113, 123, 135, 137, 138, 139, 161, 162, 179,
    427, 445,
    464, 512, 513, 514, 515, 520, 548, 554, 631, 873, 1900, 2049, 3702, 5353, 5355, 6000, 9100,
  ]
  /// Ports of protocols over TLS (IANA), and those that are commonly used so.
  private static let tls: Set<UInt16> = [
    261, 443, 448, 465, 563, 614, 636, 695, 853, 989, 990, 992, 993, 994, 995, 2376, 2484, 3269, 4433, 5061, 5223, 5349,
    5671, 5986,
    6443, 6514, 6697, 8443, 8883, 9093, 9443, 10250, 27443,
  ]

  static func isPlaintext(_ port: UInt16) -> Bool { plaintext.contains(port) }
  static func isTLS(_ port: UInt16) -> Bool { tls.contains(port) }
}
